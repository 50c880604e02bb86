package dev.hactl.engine.run;

import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import java.util.HashSet;
import java.util.List;

/**
 * Which handlers a task notifies: by name or by a topic they listen to, in the order handlers are
 * written.
 */
final class Handlers {
  private Handlers() {}

  static List<Task> notifiedBy(Task task, Play play) {
    if (task.keywords().notifies().isEmpty()) {
      return List.of();
    }
    var ids = new HashSet<Integer>();
    for (Node.Scalar name : task.keywords().notifies()) {
      play.notified(task, name.text()).forEach(h -> ids.add(h.id()));
    }
    return play.handlers().stream().filter(h -> ids.contains(h.id())).toList();
  }
}
