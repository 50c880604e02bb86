package dev.hactl.engine.run;

import dev.hactl.engine.model.Block;
import dev.hactl.engine.model.Item;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which tasks of a play stand in a rescue, and so run only where another task failed. */
final class RescueParts {
  private final Map<Integer, Part> parts = new HashMap<>();

  private RescueParts() {}

  /** One rescue; equal to no other. */
  private static final class Part {
    private final @Nullable Part outer;

    Part(@Nullable Part outer) {
      this.outer = outer;
    }
  }

  static RescueParts of(Play play) {
    var found = new RescueParts();
    play.sections().forEach(s -> found.add(s, null));
    return found;
  }

  private void add(List<Item> items, @Nullable Part in) {
    for (Item item : items) {
      switch (item) {
        case Task t -> {
          if (in != null) {
            parts.put(t.id(), in);
          }
        }
        case Block b -> {
          add(b.items(), in);
          if (!b.rescue().isEmpty()) {
            add(b.rescue(), new Part(in));
          }
          add(b.always(), in);
        }
      }
    }
  }

  /** Whether the play has no rescue. */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Whether the task runs only where another one failed. */
  boolean rescues(Task task) {
    return parts.containsKey(task.id());
  }

  /**
   * Whether a later task comes when nothing fails from now on.
   *
   * @param now the task whose turn it is; empty before the first
   */
  boolean ahead(Optional<Task> now, Task later) {
    if (parts.isEmpty()) {
      return true;
    }
    Part wanted = parts.get(later.id());
    if (wanted == null) {
      return true;
    }
    Part in = now.map(t -> parts.get(t.id())).orElse(null);
    while (in != null && in != wanted) {
      in = in.outer;
    }
    return in == wanted;
  }
}
