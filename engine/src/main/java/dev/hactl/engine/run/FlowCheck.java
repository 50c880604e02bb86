package dev.hactl.engine.run;

import dev.hactl.engine.model.Block;
import dev.hactl.engine.model.Item;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds tasks that nothing can reach, because the play ends before them on every host. */
final class FlowCheck {
  private static final String END_ROLE = "end_role";
  private static final List<String> ENDS = List.of("end_play", "end_batch", "end_host", END_ROLE);

  private final Problems problems;

  FlowCheck(Problems problems) {
    this.problems = problems;
  }

  void run(Play play) {
    List<Item> items = play.sections().stream().flatMap(List::stream).toList();
    for (Task task : Block.flat(items)) {
      if (endsRole(task) && task.home().role().isEmpty()) {
        problems.error(
            task.place(),
            "'meta: end_role' stands outside of all roles",
            "'meta: end_host' ends the play for the host");
      }
    }
    for (Task handler : play.handlers()) {
      if (endsRole(handler)) {
        problems.error(
            handler.place(),
            "'meta: end_role' in a handler would end nothing: handlers run after the tasks of roles",
            "leave it out, or notify on a condition");
      }
    }
    items(items);
  }

  /** The task that always ends the play in this list, after telling what follows it. */
  private Optional<Task> items(List<Item> items) {
    Optional<Task> end = Optional.empty();
    Optional<Task> told = Optional.empty();
    for (Item item : items) {
      end = end.filter(e -> lasts(e, item));
      if (end.filter(e -> silences(e, item)).isEmpty()) {
        end = end.or(() -> ending(item));
      } else if (!end.equals(told)) {
        told = end;
        tell(place(item), end.orElseThrow());
      }
    }
    return end;
  }

  /** The end of a role reaches no further than the role. */
  private static boolean lasts(Task end, Item item) {
    return !endsRole(end) || item.flat().stream().anyMatch(t -> t.home().within(end.home()));
  }

  private static boolean endsRole(Task task) {
    return task.module().equals("meta") && action(task.args()).filter(END_ROLE::equals).isPresent();
  }

  /** With --tags, tasks may run whose tags the end does not have. */
  private static boolean silences(Task end, Item item) {
    Set<String> tags = end.keywords().tags();
    return tags.contains("always")
        || item.flat().stream().allMatch(t -> tags.containsAll(t.keywords().tags()));
  }

  private Optional<Task> ending(Item item) {
    return switch (item) {
      case Task t when ends(t) -> Optional.of(t);
      case Task t -> Optional.empty();
      case Block b -> {
        var rescue = items(b.rescue());
        var always = items(b.always());
        var main = items(b.items());
        yield always.or(() -> b.rescue().isEmpty() || rescue.isPresent() ? main : Optional.empty());
      }
    };
  }

  private static boolean ends(Task task) {
    return task.module().equals("meta")
        && task.keywords().when().isEmpty()
        && task.keywords().loop().isEmpty()
        && !task.keywords().tags().contains("never")
        && action(task.args()).filter(ENDS::contains).isPresent();
  }

  private static Optional<String> action(Node args) {
    return switch (args) {
      case Node.Scalar s -> Optional.of(s.text().strip());
      case Node.Mapping m ->
          m.get("action").flatMap(a -> a instanceof Node.Scalar s ? action(s) : Optional.empty());
      case Node.Sequence s -> Optional.empty();
    };
  }

  private static Place place(Item item) {
    return switch (item) {
      case Task t -> t.place();
      case Block b -> b.place();
    };
  }

  private void tell(Place place, Task end) {
    String meta = "'meta: " + action(end.args()).orElse("") + "'";
    problems.error(
        place,
        "this never runs: " + meta + " comes before it",
        "leave it out, or write a 'when' on " + meta + " at " + end.place());
  }
}
