package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.Optional;
import java.util.Set;

/** Reads {@code loop_control}. */
final class LoopControlReader {
  private static final Set<String> KNOWN =
      Set.of("loop_var", "index_var", "label", "pause", "extended");

  private LoopControlReader() {}

  static LoopControl read(Node.Mapping task, TaskReader tasks, Problems problems) {
    Optional<Node.Entry> entry = task.entry("loop_control");
    if (entry.isEmpty()) {
      return LoopControl.NONE;
    }
    if (TaskReader.loop(task).isEmpty()) {
      problems.error(
          entry.get().key().place(), "this task has no loop to control", "add 'loop:' and a list");
    }
    Optional<Node.Mapping> own = new KeywordReader(task, problems).mapping("loop_control");
    if (own.isEmpty()) {
      return LoopControl.NONE;
    }
    tasks.unknownKeys(own.get(), KNOWN, "loop_control");
    var in = new KeywordReader(own.get(), problems);
    var control =
        new LoopControl(
            name(in, "loop_var").orElse(LoopControl.NONE.variable()),
            name(in, "index_var"),
            in.scalar("label"),
            in.scalar("pause"),
            in.flag("extended"));
    control
        .index()
        .filter(i -> i.text().equals(control.variable().text()))
        .flatMap(LoopControl.Name::written)
        .ifPresent(s ->
            problems.error(
                s.place(),
                "'" + s.text() + "' is the name of the item and of its index",
                "choose two names"));
    return control;
  }

  private static Optional<LoopControl.Name> name(KeywordReader in, String keyword) {
    return in.name(keyword).map(text -> new LoopControl.Name(text, in.scalar(keyword)));
  }
}
