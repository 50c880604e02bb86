package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import java.util.Optional;

/** Which tasks are started without a wait for their end, and which ones wait for them. */
public final class Detached {
  private static final String WAIT = "wait_for_task";

  private Detached() {}

  /** What is written instead of Ansible's words. */
  static Optional<String> insteadOf(String word) {
    return switch (word) {
      case "async" ->
          Optional.of(
              "'detach: true' starts it and goes on; a task that is waited for may take 'timeout:"
                  + " SECONDS'");
      case "poll" -> Optional.of("'detach: true' starts it and goes on, and wait_for_task waits");
      case "async_status" -> Optional.of("write wait_for_task: {task: REGISTER, timeout: SECONDS}");
      default -> Optional.empty();
    };
  }

  /** Whether the play goes on when the task has been started. */
  public static boolean is(Task task) {
    return task.keywords().detach().isPresent();
  }

  /** Whether a task can be waited for by this name: that of its register, or its own. */
  public static boolean answers(Task task, String name) {
    return task.keywords().register().filter(name::equals).isPresent()
        || task.name().text().equals(name);
  }

  /** Whether a task waits for another. */
  public static boolean waits(Task task) {
    return task.module().equals(WAIT);
  }

  /** The name of the task that this one waits for, as far as it is a plain text. */
  public static Optional<Node.Scalar> awaited(Task task) {
    if (!waits(task)) {
      return Optional.empty();
    }
    return switch (task.args()) {
      case Node.Scalar s -> Optional.of(s);
      case Node.Mapping m ->
          m.get("task")
              .or(() -> m.get(Task.FREE_FORM))
              .flatMap(n -> n instanceof Node.Scalar s ? Optional.of(s) : Optional.empty());
      case Node.Sequence s -> Optional.empty();
    };
  }
}
