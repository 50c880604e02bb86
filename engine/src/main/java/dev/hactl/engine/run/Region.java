package dev.hactl.engine.run;

import dev.hactl.engine.model.Item;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What becomes of failures in a list of tasks, and for whom the list is only foretold.
 *
 * @param rescued a host whose task fails goes to a rescue around the list
 * @param rescuedLost so does a host that is lost
 * @param possibly hosts that would come here only if a block failed, and whether it may fail on
 *     them; filled only while foretelling
 */
record Region(boolean rescued, boolean rescuedLost, Map<HostPass, Boolean> possibly) {
  /** Outside of all blocks. */
  static final Region OUTERMOST = new Region(false, false, Map.of());

  /** The same list inside a block with a rescue. */
  Region in(boolean rescuesLost) {
    return new Region(true, rescuedLost || rescuesLost, possibly);
  }

  /** The same for these hosts too. */
  Region with(Map<HostPass, Boolean> others) {
    return new Region(rescued, rescuedLost, Map.copyOf(others));
  }

  /** The same for what stands in the list: who left its role does not come there. */
  Region of(Item item) {
    if (possibly.keySet().stream().noneMatch(p -> p.rolesLeft.hold(item))) {
      return this;
    }
    var others = new LinkedHashMap<>(possibly);
    others.keySet().removeIf(p -> p.rolesLeft.hold(item));
    return with(others);
  }

  /** Whether a host that this happened to is rescued: a refusal is a decision and no accident. */
  boolean catches(TaskEnd end) {
    return end.lost() ? rescuedLost : rescued && !end.refused();
  }
}
