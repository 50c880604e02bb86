package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.report.Event.ChangeLine;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what a transaction's tasks would change and sends no step. */
final class TransactionForeteller implements TransactionActor {
  private final TransactionFold fold;
  private final ClusterEyes eyes;
  private final Consents consents;

  TransactionForeteller(TransactionFold fold, ClusterEyes eyes, Consents consents) {
    this.fold = fold;
    this.eyes = eyes;
    this.consents = consents;
  }

  @Override
  public <S, E> List<TransactionLine> act(TransactionGroup<S, E> group) {
    ClusterEyes.Look<S> look = eyes.look(group.watched());
    TransactionFold.Folded<S, E> folded = fold.of(group, look.members(), Set.of());
    return TransactionResults.withUnknown(lines(group, look.members(), folded), look);
  }

  private <S, E> List<TransactionLine> lines(
      TransactionGroup<S, E> group, Members<S> seen, TransactionFold.Folded<S, E> folded) {
    List<TransactionLine> lines = folded.lines();
    Optional<TransactionLine> stop = folded.stop();
    if (stop.isPresent()) {
      return TransactionResults.stopped(lines, stop.get());
    }
    if (lines.stream().allMatch(l -> l.changes().isEmpty())) {
      lines.forEach(TransactionForeteller::expectDerived);
      return lines;
    }
    ClusterDecision<S> decision;
    try {
      decision = eyes.decide(group.watched(), folded.draft().decide());
    } catch (HostLost | Decider.NotObserved e) {
      return TransactionResults.failed(
          lines, List.of(), ItemResult.failed(String.valueOf(e.getMessage())));
    }
    return switch (decision) {
      case ClusterDecision.Decided<S> d -> foretold(group, lines, d.stages(), seen);
      case ClusterDecision.Obstacle<S> o -> TransactionResults.failed(lines, o);
      case ClusterDecision.Ask<S, ?> a ->
          throw new IllegalStateException("an open question is no decision");
    };
  }

  private <S> List<TransactionLine> foretold(
      TransactionGroup<S, ?> group,
      List<TransactionLine> lines,
      List<Stage<S>> stages,
      Members<S> seen) {
    if (stages.isEmpty()) {
      return lines;
    }
    Optional<String> refusal =
        ClusterResults.leftOut(group.cluster(), group.watched().acting(), stages)
            .or(() -> ClusterResults.needsAll(group.cluster(), stages, seen));
    if (refusal.isPresent()) {
      return TransactionResults.failed(lines, new ClusterDecision.Refused<S>(refusal.get()));
    }
    String writer = stages.getFirst().changes().firstEntry().getKey();
    List<Change<Members<S>>> changes = stages.getFirst().all();
    String name = group.tasks().getFirst().name().text();
    for (Change<Members<S>> change : changes) {
      group.passes().forEach(p -> p.forecast.expect(name, change.footprint()));
      consents.meet(
          writer, TransactionResults.consenting(lines, consents, change.impact()), List.of(change));
    }
    return TransactionResults.withWhole(
        TransactionResults.told(lines, writer),
        writer,
        changes.stream().map(c -> new ChangeLine(c.what(), c.impact())).toList());
  }

  /** What an earlier task brings will be looked at again; until then nobody knows. */
  private static void expectDerived(TransactionLine line) {
    line.results()
        .forEach((pass, result) -> {
          if (result.changed()) {
            pass.forecast.expect(line.task().name().text(), Footprint.bringing());
          }
        });
  }
}
