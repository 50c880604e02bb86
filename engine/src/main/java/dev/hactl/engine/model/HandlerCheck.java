package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds notifications that reach no handler, or several that have nothing to do with each other.
 */
final class HandlerCheck {
  private final Play play;
  private final Problems problems;

  HandlerCheck(Play play, Problems problems) {
    this.play = play;
    this.problems = problems;
  }

  void run() {
    twice();
    if (play.all().allMatch(t -> t.keywords().notifies().isEmpty())) {
      return;
    }
    play.all().forEach(task -> task.keywords().notifies().forEach(n -> notified(task, n)));
  }

  private void twice() {
    var seen = new HashMap<String, Task>();
    for (Task handler : play.handlers()) {
      Optional<Integer> role = handler.home().role().map(Role::number);
      Task before = seen.putIfAbsent(role + " " + handler.name().text(), handler);
      if (before != null && handler.keywords().listen().isEmpty()) {
        problems.error(
            handler.name().place(),
            "a second handler is named '" + handler.name().text() + "'",
            "the first stands at " + before.name().place() + "; give one of them another name");
      }
    }
  }

  private void notified(Task task, Node.Scalar name) {
    List<Task> found = play.notified(task, name.text());
    if (found.isEmpty()) {
      unknown(name);
      return;
    }
    var titles = new LinkedHashMap<String, Task>();
    found.stream()
        .filter(h -> !h.keywords().listen().contains(name.text()))
        .forEach(h -> titles.putIfAbsent(h.title(), h));
    if (titles.size() > 1) {
      problems.error(
          name.place(),
          "several roles have a handler named '" + name.text() + "'",
          "write one of "
              + titles.keySet().stream().map(t -> "'" + t + "'").collect(Collectors.joining(", ")));
    }
  }

  private void unknown(Node.Scalar name) {
    var names = new TreeSet<String>();
    var first = new HashMap<String, Task>();
    for (Task h : play.handlers()) {
      names.add(h.name().text());
      names.add(h.title());
      names.addAll(h.keywords().listen());
      first.putIfAbsent(h.name().text(), h);
    }
    Optional<String> near = Near.name(name.text(), names);
    problems.error(
        name.place(),
        "no handler is named '" + name.text() + "'",
        near.map(n ->
                "did you mean '"
                    + n
                    + "'?"
                    + Optional.ofNullable(first.get(n))
                        .filter(h -> !h.place().file().equals(name.place().file()))
                        .map(h -> " It stands at " + Objects.requireNonNull(h).place())
                        .orElse(""))
            .orElse(
                names.isEmpty()
                    ? "the play has no handlers"
                    : "handlers: " + String.join(", ", names)));
  }
}
