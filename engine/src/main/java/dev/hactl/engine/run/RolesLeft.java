package dev.hactl.engine.run;

import dev.hactl.engine.model.Home;
import dev.hactl.engine.model.Item;
import dev.hactl.engine.model.Task;
import java.util.ArrayList;
import java.util.List;

/** The roles of a play that a host does nothing more of. */
final class RolesLeft {
  /** Each use of a role by where one of its tasks stands. */
  private final List<Home> uses = new ArrayList<>();

  /** The host leaves the role that the task belongs to, as far as it is used there. */
  void add(Task task) {
    uses.add(task.home());
  }

  /** Whether all of this belongs to a role that the host left. */
  boolean hold(Item item) {
    return !uses.isEmpty()
        && item.flat().stream().allMatch(t -> uses.stream().anyMatch(t.home()::within));
  }

  /** Another play begins. */
  void clear() {
    uses.clear();
  }
}
