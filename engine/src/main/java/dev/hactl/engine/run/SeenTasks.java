package dev.hactl.engine.run;

import dev.hactl.engine.lint.SeenTask;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.value.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** What tasks come to, kept once for all hosts on which it is the same. Thread-safe. */
final class SeenTasks {
  private final IdentityHashMap<Task, Map<Map<String, Value>, SeenTask>> kept =
      new IdentityHashMap<>();

  /** The one that is kept: this, or one that says the same. */
  synchronized SeenTask keep(SeenTask seen) {
    return kept.computeIfAbsent(seen.task(), t -> new HashMap<>())
        .computeIfAbsent(seen.values(), v -> seen);
  }
}
