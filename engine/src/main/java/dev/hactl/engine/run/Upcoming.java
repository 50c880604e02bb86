package dev.hactl.engine.run;

import dev.hactl.engine.module.Probe;
import java.util.List;

/** The probes of tasks that come next, to be asked in a message that is sent anyway. */
@FunctionalInterface
interface Upcoming {
  /**
   * Built-in probes up to the next task that was not foretold to find nothing to do, as far as a
   * host can bind them already and they work as the same user.
   */
  List<Probe<?>> next(HostPass pass, Call.Where where);
}
