package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Draft;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Transaction;
import dev.hactl.engine.module.TransactionModule;
import dev.hactl.engine.plan.Verdict;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Tries the edits of a transaction's tasks on what was seen, one after the other: conditions, loops
 * and parameters of a task are evaluated with what the tasks before it come to.
 */
final class TransactionFold {
  private final StaticCalls calls;
  private final TaskRunner alone;
  private final boolean foretells;

  /**
   * A fold.
   *
   * @param alone ends what is not about the cluster: skipped and wrong calls
   */
  TransactionFold(StaticCalls calls, TaskRunner alone, boolean foretells) {
    this.calls = calls;
    this.alone = alone;
    this.foretells = foretells;
  }

  /** All rounds of all tasks, and the draft with their edits. */
  record Folded<S, E>(List<TransactionLine> lines, Draft<S, E> draft) {
    Optional<TransactionLine> stop() {
      return lines.stream().filter(TransactionLine::stops).findFirst();
    }
  }

  /**
   * Tries all edits.
   *
   * @param landed what this run has changed already: to the tasks after it it reads as changed
   */
  <S, E> Folded<S, E> of(
      TransactionGroup<S, E> group, Members<S> seen, Set<TransactionLine.Key> landed) {
    var lines = new ArrayList<TransactionLine>();
    Draft<S, E> draft = group.transaction().begin(seen);
    int edits = 0;
    for (Task task : group.tasks()) {
      var rounds = new Rounds(task, group.passes(), calls);
      for (int round = 0; round < rounds.count(); round++) {
        Step<S, E> step = line(group.transaction(), task, round, rounds.at(round), draft, edits);
        draft = step.draft();
        edits += step.line().edit().isPresent() ? 1 : 0;
        lines.add(step.line());
        boolean was = landed.contains(step.line().key());
        step.line()
            .results()
            .forEach((pass, result) -> rounds.ended(pass, was ? changed(result) : result));
      }
      register(task, rounds);
    }
    return new Folded<>(List.copyOf(lines), draft);
  }

  private static ItemResult changed(ItemResult result) {
    return result.outcome() instanceof Outcome.Ok
        ? result.with(new Outcome.Changed(false), Results.ok(true, Map.of()))
        : result;
  }

  private static void register(Task task, Rounds rounds) {
    task.keywords()
        .register()
        .ifPresent(name ->
            rounds.ends(List.of()).forEach((pass, end) -> pass.names.set(name, end.registered())));
  }

  /** A round and the draft after it. */
  private record Step<S, E>(TransactionLine line, Draft<S, E> draft) {}

  private <S, E> Step<S, E> line(
      Transaction<S, E> transaction,
      Task task,
      int round,
      SequencedMap<HostPass, Call> now,
      Draft<S, E> draft,
      int number) {
    var results = new LinkedHashMap<HostPass, ItemResult>();
    var own = new LinkedHashMap<HostPass, Call.OnCluster<?, ?>>();
    now.forEach((pass, call) -> {
      if (call instanceof Call.OnCluster<?, ?> c) {
        own.put(pass, c);
      } else {
        results.put(pass, other(pass, task, call));
      }
    });
    if (own.isEmpty()) {
      return new Step<>(line(task, round, now, Optional.empty(), results), draft);
    }
    Call.OnCluster<?, ?> first = own.firstEntry().getValue();
    if (own.values().stream().anyMatch(c -> !c.params().equals(first.params()))) {
      own.keySet()
          .forEach(p ->
              results.put(
                  p,
                  ItemResult.failed("the members of the cluster are given different arguments")));
      return new Step<>(line(task, round, now, Optional.empty(), results), draft);
    }
    return switch (draft.with(edit(first, transaction))) {
      case Draft.Next.Drafted<S, E> d -> {
        List<ChangeLine> changes =
            d.changes().stream().map(c -> new ChangeLine(c, Impact.none())).toList();
        own.forEach((pass, call) ->
            results.put(pass, drafted(pass, task, call, changes, d.diffs(), draft)));
        yield new Step<>(
            new TransactionLine(
                task,
                round,
                now,
                Optional.of(number),
                changes,
                d.diffs(),
                Optional.empty(),
                results),
            d.draft());
      }
      case Draft.Next.Stopped<S, E> s -> {
        own.keySet().forEach(pass -> results.put(pass, stopped(pass, task, first, s.why())));
        boolean derived = results.values().stream().anyMatch(ItemResult::changed);
        yield new Step<>(
            new TransactionLine(
                task,
                round,
                now,
                Optional.empty(),
                List.of(),
                List.of(),
                derived ? Optional.empty() : Optional.of(s.why()),
                results),
            draft);
      }
    };
  }

  private static TransactionLine line(
      Task task,
      int round,
      SequencedMap<HostPass, Call> calls,
      Optional<Integer> edit,
      SequencedMap<HostPass, ItemResult> results) {
    return new TransactionLine(
        task, round, calls, edit, List.of(), List.of(), Optional.empty(), results);
  }

  private ItemResult other(HostPass pass, Task task, Call call) {
    try {
      return alone.item(pass, task, call);
    } catch (HostLost e) {
      String why = String.valueOf(e.getMessage());
      return ItemResult.of(new Outcome.Unreachable(why), Results.failed(why));
    }
  }

  @SuppressWarnings("unchecked") // one transaction's modules have its types; see TransactionCheck
  private static <S, E> E edit(Call.OnCluster<?, ?> call, Transaction<S, E> ignored) {
    var module = (TransactionModule<Object, S, E>) (Object) call.module();
    return module.edit(call.params());
  }

  private ItemResult drafted(
      HostPass pass,
      Task task,
      Call.OnCluster<?, ?> call,
      List<ChangeLine> changes,
      List<Diff> diffs,
      Draft<?, ?> before) {
    if (!changes.isEmpty()) {
      return new ItemResult(
          new Outcome.Changed(false),
          changes,
          diffs,
          foretells
              ? Results.predicted(task.name().text(), call.module().manual())
              : Results.ok(true, Map.of()),
          Optional.empty());
    }
    Decision<Object> ok = Decision.ok(before.reliesOn().toArray(Thing[]::new));
    return foretells && pass.forecast.judge(ok) instanceof Verdict.Unknown(String why)
        ? ItemResult.of(new Outcome.Unknown(why), Results.unknown(task.name().text(), why))
        : ItemResult.of(new Outcome.Ok(), Results.ok(false, Map.of()));
  }

  /** What is missing may be brought by a task before the transaction. */
  private ItemResult stopped(
      HostPass pass, Task task, Call.OnCluster<?, ?> call, ClusterDecision.Obstacle<?> why) {
    if (foretells && why instanceof ClusterDecision.Blocked<?> b) {
      Decision<Object> missing = new Decision.Blocked<>(b.missing(), b.message());
      if (pass.forecast.judge(missing) instanceof Verdict.WillChange brought) {
        return new ItemResult(
            new Outcome.Changed(true),
            List.of(new ChangeLine(brought.why(), Impact.none())),
            List.of(),
            Results.predicted(task.name().text(), call.module().manual()),
            Optional.empty());
      }
    }
    return why instanceof ClusterDecision.Refused<?>
        ? ClusterResults.refused(why.message())
        : ItemResult.failed(why.message());
  }
}
