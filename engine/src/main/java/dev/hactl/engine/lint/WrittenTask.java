package dev.hactl.engine.lint;

import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.List;
import java.util.Optional;

/**
 * A task as it is written, expressions not evaluated.
 *
 * @param play the play that holds it
 * @param task the task with its keywords
 * @param handler whether it is a handler
 * @param module the module's own name, whatever alias was written
 * @param arguments what it gives the module
 */
public record WrittenTask(
    Play play, Task task, boolean handler, String module, Arguments arguments) {

  /** What is written for a parameter. */
  public Optional<Node> node(String parameter) {
    return Optional.ofNullable(arguments.nodes().get(parameter));
  }

  /** The same where it is a single value. */
  public Optional<String> text(String parameter) {
    return node(parameter)
        .flatMap(n -> n instanceof Node.Scalar s ? Optional.of(s.text()) : Optional.empty());
  }

  /** Where the module is named. */
  public Place place() {
    return task.modulePlace();
  }

  /** What is to say whether it changed something, instead of the module. */
  public List<Node.Scalar> changedWhen() {
    return task.keywords().changedWhen();
  }

  /** Where a parameter is given, else where the module is named. */
  public Place place(String parameter) {
    return arguments.key(parameter).orElse(task.modulePlace());
  }
}
