package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One round of a task in a transaction, and what its edit comes to.
 *
 * @param task whose it is
 * @param round of its loop, from 0
 * @param calls by host
 * @param edit its number among the edits of the draft; empty when no host makes it
 * @param changes what it alone changes
 * @param diffs the same before and after
 * @param obstacle why it cannot be made
 * @param results how it ends on each host as far as it can be told now
 */
record TransactionLine(
    Task task,
    int round,
    SequencedMap<HostPass, Call> calls,
    Optional<Integer> edit,
    List<ChangeLine> changes,
    List<Diff> diffs,
    Optional<ClusterDecision.Obstacle<?>> obstacle,
    SequencedMap<HostPass, ItemResult> results) {

  /** Copies the collections. */
  TransactionLine {
    calls = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(calls));
    changes = List.copyOf(changes);
    diffs = List.copyOf(diffs);
    results = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(results));
  }

  /** What tells it from other rounds and tasks, also when all is planned anew. */
  record Key(int task, int round) {}

  Key key() {
    return new Key(task.id(), round);
  }

  /** Whether it stands in the way of the others. */
  boolean stops() {
    return obstacle.isPresent()
        || results.values().stream().anyMatch(ItemResult::failed)
        || results.values().stream().anyMatch(r -> r.outcome() instanceof Outcome.Unreachable);
  }

  /** The hosts that make the edit. */
  List<HostPass> makers() {
    return calls.entrySet().stream()
        .filter(e -> e.getValue() instanceof Call.OnCluster<?, ?>)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The host that tells of a change: the one that writes, else the first that makes it. */
  HostPass teller(String writer) {
    return makers().stream()
        .filter(p -> p.host.name().equals(writer))
        .findFirst()
        .orElse(makers().getFirst());
  }

  TransactionLine with(SequencedMap<HostPass, ItemResult> other) {
    return new TransactionLine(task, round, calls, edit, changes, diffs, obstacle, other);
  }
}
