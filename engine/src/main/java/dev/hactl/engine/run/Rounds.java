package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A task that several hosts go through together: round after round of its loop, which may be longer
 * on one host than on another.
 */
final class Rounds {
  private final Task task;
  private final SequencedMap<HostPass, List<Call>> calls = new LinkedHashMap<>();
  private final SequencedMap<HostPass, List<ItemResult>> results = new LinkedHashMap<>();

  Rounds(Task task, List<HostPass> passes, StaticCalls calls) {
    this.task = task;
    for (HostPass pass : passes) {
      this.calls.put(pass, calls.of(pass, task));
      results.put(pass, new ArrayList<>());
    }
  }

  /** How many there are on the host with the most. */
  int count() {
    return calls.values().stream().mapToInt(List::size).max().orElse(0);
  }

  /** What is to be done in one of them, on the hosts that have it. */
  SequencedMap<HostPass, Call> at(int round) {
    var now = new LinkedHashMap<HostPass, Call>();
    calls.forEach((pass, own) -> {
      if (round < own.size()) {
        now.put(pass, own.get(round));
      }
    });
    return now;
  }

  /** Notes what the present round came to on a host. */
  void ended(HostPass pass, ItemResult result) {
    Objects.requireNonNull(results.get(pass)).add(result);
  }

  /** What all rounds came to. */
  Map<HostPass, TaskEnd> ends(Collection<HostPass> lost) {
    boolean looped = task.keywords().loop().isPresent();
    var ends = new LinkedHashMap<HostPass, TaskEnd>();
    results.forEach(
        (pass, items) -> ends.put(pass, TaskRunner.end(task, items, looped, lost.contains(pass))));
    return ends;
  }
}
