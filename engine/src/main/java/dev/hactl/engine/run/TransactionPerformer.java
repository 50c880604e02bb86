package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lands a transaction: plans all edits on what is there, writes them as one, looks again, and plans
 * all of them anew when somebody else came first, until every edit is found done.
 */
final class TransactionPerformer implements TransactionActor {
  private final TransactionFold fold;
  private final ClusterEyes eyes;
  private final Consents consents;
  private final StageRun stages;
  private final RunControl control;

  TransactionPerformer(
      TransactionFold fold,
      ClusterEyes eyes,
      Consents consents,
      StageRun stages,
      RunControl control) {
    this.fold = fold;
    this.eyes = eyes;
    this.consents = consents;
    this.stages = stages;
    this.control = control;
  }

  /**
   * What landed: the lines that were written, by task and round, and what was said of the whole.
   */
  private static final class Landed {
    final Map<TransactionLine.Key, TransactionLine> lines = new HashMap<>();
    final List<ChangeLine> whole = new ArrayList<>();
    String writer = "";

    void note(List<TransactionLine> written, Stage<?> stage) {
      written.stream().filter(l -> !l.changes().isEmpty()).forEach(l -> lines.put(l.key(), l));
      writer = stage.changes().firstEntry().getKey();
      stage.all().forEach(c -> whole.add(new ChangeLine(c.what(), c.impact())));
    }
  }

  @Override
  public <S, E> List<TransactionLine> act(TransactionGroup<S, E> group) {
    var landed = new Landed();
    for (int rounds = 0; rounds < ClusterPerformer.MOVED; rounds++) {
      ClusterEyes.Look<S> look = eyes.look(group.watched());
      TransactionFold.Folded<S, E> folded = fold.of(group, look.members(), landed.lines.keySet());
      List<TransactionLine> lines = folded.lines();
      Optional<TransactionLine> stop = folded.stop();
      if (stop.isPresent()) {
        return end(TransactionResults.stopped(lines, stop.get()), look, landed);
      }
      ClusterDecision<S> decision;
      try {
        decision = eyes.decide(group.watched(), folded.draft().decide());
      } catch (HostLost | Decider.NotObserved e) {
        return end(failed(lines, String.valueOf(e.getMessage())), look, landed);
      }
      Stage<S> stage;
      switch (decision) {
        case ClusterDecision.Decided<S> d when d.stages().isEmpty() -> {
          return end(lines, look, landed);
        }
        case ClusterDecision.Decided<S> d -> stage = d.stages().getFirst();
        case ClusterDecision.Obstacle<S> o -> {
          return end(TransactionResults.failed(lines, o), look, landed);
        }
        case ClusterDecision.Ask<S, ?> a ->
            throw new IllegalStateException("an open question is no decision");
      }
      Optional<String> refusal = refusal(group, stage, lines, look.members());
      if (refusal.isPresent()) {
        var refused = new ClusterDecision.Refused<S>(refusal.get());
        return end(TransactionResults.failed(lines, refused), look, landed);
      }
      if (control.stopping()) {
        return end(failed(lines, "ended by the operator"), look, landed);
      }
      StageRun.Went went = stages.run(work(group, lines), stage);
      if (!went.trouble().isEmpty() || went.failure().isPresent()) {
        return wentWrong(group, lines, stage, went, landed);
      }
      if (!went.moved()) {
        landed.note(lines, stage);
      }
    }
    ClusterEyes.Look<S> look = eyes.look(group.watched());
    return end(
        failed(
            fold.of(group, look.members(), landed.lines.keySet()).lines(), ClusterPerformer.OTHERS),
        look,
        landed);
  }

  private static List<TransactionLine> failed(List<TransactionLine> lines, String message) {
    return TransactionResults.failed(lines, List.of(), ItemResult.failed(message));
  }

  private <S> Optional<String> refusal(
      TransactionGroup<S, ?> group, Stage<S> stage, List<TransactionLine> lines, Members<S> seen) {
    Optional<String> refusal =
        ClusterResults.leftOut(group.cluster(), group.watched().acting(), List.of(stage))
            .or(() -> ClusterResults.needsAll(group.cluster(), List.of(stage), seen));
    for (Change<?> change : stage.all()) {
      Task task = TransactionResults.consenting(lines, consents, change.impact());
      refusal = refusal.or(() -> consents.missing(task, change.impact()));
    }
    return refusal;
  }

  private <S> StageRun.Work<S> work(TransactionGroup<S, ?> group, List<TransactionLine> lines) {
    List<TransactionLine> changing = lines.stream().filter(l -> !l.changes().isEmpty()).toList();
    TransactionLine first = changing.getFirst();
    boolean secret =
        changing.stream()
            .flatMap(l -> l.calls().values().stream())
            .anyMatch(c -> c instanceof Call.OnCluster<?, ?> own && own.secret());
    return new StageRun.Work<>(
        member -> {
          HostPass pass =
              group.passes().stream()
                  .filter(p -> p.host.name().equals(member))
                  .findFirst()
                  .orElseThrow();
          return new Sender.Job(
              pass,
              group.watched().where(member).orElseThrow(),
              first.task(),
              first.calls().firstEntry().getValue().item(),
              secret,
              changing.stream().map(TransactionLine::task).distinct().toList(),
              group.watched()::where);
        },
        () -> eyes.look(group.watched()).members(),
        () -> eyes.forget(group.watched()),
        seen -> Optional.empty());
  }

  /** What is found done now has landed all the same; the rest fails. */
  private <S, E> List<TransactionLine> wentWrong(
      TransactionGroup<S, E> group,
      List<TransactionLine> lines,
      Stage<S> stage,
      StageRun.Went went,
      Landed landed) {
    Outcome trouble =
        went.trouble().values().stream()
            .findFirst()
            .orElseGet(
                () -> new Outcome.Failed(Outcome.Failure.of(went.failure().orElseThrow()), false));
    var result = ItemResult.of(trouble, Results.failed(ClusterResults.message(trouble)));
    ClusterEyes.Look<S> look = eyes.look(group.watched());
    // As if all had landed: what the tasks register must not take edits away.
    List<TransactionLine> now = fold.of(group, look.members(), keys(lines, landed)).lines();
    List<Integer> tried = edits(lines);
    List<Integer> open = edits(now);
    if (open.containsAll(tried)) {
      return end(TransactionResults.failed(lines, List.of(), result), look, landed);
    }
    landed.note(lines, stage);
    List<Integer> at = open.isEmpty() ? tried.subList(0, 1) : open;
    return end(TransactionResults.failed(now, at, result), look, landed);
  }

  private static Set<TransactionLine.Key> keys(List<TransactionLine> lines, Landed landed) {
    var keys = new HashSet<>(landed.lines.keySet());
    lines.stream().filter(l -> !l.changes().isEmpty()).forEach(l -> keys.add(l.key()));
    return keys;
  }

  /** The edits that change something, or cannot be made any more. */
  private static List<Integer> edits(List<TransactionLine> lines) {
    return lines.stream()
        .filter(l -> l.stops() || !l.changes().isEmpty())
        .flatMap(l -> l.edit().stream())
        .toList();
  }

  /** What landed in an earlier round is told as changed, whatever came after. */
  private static List<TransactionLine> end(
      List<TransactionLine> lines, ClusterEyes.Look<?> look, Landed landed) {
    var all = new ArrayList<TransactionLine>();
    for (TransactionLine line : lines) {
      TransactionLine written = landed.lines.get(line.key());
      all.add(written == null ? line : changed(line, written, landed.writer));
    }
    return TransactionResults.withUnknown(
        TransactionResults.withWhole(all, landed.writer, landed.whole), look);
  }

  private static TransactionLine changed(
      TransactionLine line, TransactionLine written, String writer) {
    var results = new LinkedHashMap<>(line.results());
    HostPass teller = written.teller(writer);
    ItemResult now = results.get(teller);
    if (now == null || now.outcome() instanceof Outcome.Ok) {
      results.put(
          teller,
          new ItemResult(
              new Outcome.Changed(false),
              written.changes(),
              written.diffs(),
              Results.ok(true, Map.of()),
              Optional.empty()));
    }
    return new TransactionLine(
        line.task(),
        line.round(),
        line.calls(),
        line.edit(),
        written.changes(),
        written.diffs(),
        line.obstacle(),
        results);
  }
}
