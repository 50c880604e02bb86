package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.Optional;
import java.util.Set;

/** Reads what a task is repeated over, and how. */
final class LoopReader {
  private static final Vocabulary CONTROL =
      new Vocabulary("loop_control", Set.of("loop_var", "index_var", "label", "pause", "extended"));

  private LoopReader() {}

  /**
   * Ansible's older word for it is refused; that the task then knows no item is no second mistake.
   */
  static Optional<Node> loop(Node.Mapping task) {
    return task.get("loop")
        .or(() ->
            task.entries().stream()
                .filter(e -> e.name().startsWith("with_") && e.value() instanceof Node.Sequence)
                .map(Node.Entry::value)
                .findFirst());
  }

  /** How it goes through its items; notes what does not fit. */
  static LoopControl control(Node.Mapping task, Problems problems) {
    Optional<Node.Entry> entry = task.entry("loop_control");
    if (entry.isEmpty()) {
      return LoopControl.NONE;
    }
    if (loop(task).isEmpty()) {
      problems.error(
          entry.get().key().place(), "this task has no loop to control", "add 'loop:' and a list");
    }
    Optional<Node.Mapping> own = new KeywordReader(task, problems).mapping("loop_control");
    if (own.isEmpty()) {
      return LoopControl.NONE;
    }
    CONTROL.refuseOthers(own.get(), problems);
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
