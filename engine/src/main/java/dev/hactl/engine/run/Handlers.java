package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import java.util.List;

/**
 * Which handlers a task notifies: by name or by a topic they listen to, in the order handlers are
 * written.
 */
final class Handlers {
  private Handlers() {}

  static List<Task> notifiedBy(Task task, List<Task> handlers) {
    if (task.keywords().notifies().isEmpty()) {
      return List.of();
    }
    List<String> names = task.keywords().notifies().stream().map(n -> n.text()).toList();
    return handlers.stream()
        .filter(h ->
            names.contains(h.name().text())
                || h.keywords().listen().stream().anyMatch(names::contains))
        .toList();
  }
}
