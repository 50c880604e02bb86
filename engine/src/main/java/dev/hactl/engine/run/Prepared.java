package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import java.util.List;

/**
 * A play with what runs it.
 *
 * @param tasks those that are selected, in order
 * @param facts whether the hosts' facts are read
 */
record Prepared(
    PlayScope scope, List<Task> tasks, Caller caller, StaticCalls calls, boolean facts) {

  /** Whether its hosts go in batches, or a task is repeated until something holds. */
  boolean waits() {
    return !scope.play().serial().isEmpty()
        || tasks.stream()
            .map(Task::keywords)
            .anyMatch(k -> !k.until().isEmpty() || k.retries().isPresent());
  }
}
