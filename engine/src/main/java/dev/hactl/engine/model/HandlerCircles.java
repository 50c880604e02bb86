package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds handlers that notify each other in a circle: they would never come to an end. */
final class HandlerCircles {
  private final Play play;
  private final Problems problems;
  private final Set<Integer> done = new HashSet<>();

  HandlerCircles(Play play, Problems problems) {
    this.play = play;
    this.problems = problems;
  }

  void run() {
    for (Task handler : play.handlers()) {
      if (!handler.keywords().notifies().isEmpty()) {
        follow(handler, new ArrayList<>());
      }
    }
  }

  private void follow(Task handler, List<Task> way) {
    if (done.contains(handler.id())) {
      return;
    }
    way.add(handler);
    for (Node.Scalar name : handler.keywords().notifies()) {
      for (Task next : play.notified(handler, name.text())) {
        int back = ids(way).indexOf(next.id());
        if (back < 0) {
          follow(next, way);
        } else {
          var names = new ArrayList<>(way.subList(back, way.size()));
          names.add(next);
          problems.error(
              name.place(),
              "handlers notify each other in a circle: "
                  + String.join(" -> ", names.stream().map(Task::title).toList()),
              "take one of these notifications away");
        }
      }
    }
    way.removeLast();
    done.add(handler.id());
  }

  private static List<Integer> ids(List<Task> tasks) {
    return tasks.stream().map(Task::id).toList();
  }
}
