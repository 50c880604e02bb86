package dev.hactl.engine.run;

import dev.hactl.engine.module.Probe;
import java.util.List;

/** The probes of tasks that come next, to be asked in a message that is sent anyway. */
@FunctionalInterface
interface Upcoming {
  /**
   * Built-in probes of the next {@code count} tasks that a host can bind already and that work as
   * the same user.
   */
  List<Probe<?>> next(HostPass pass, Call.Where where, int count);

  /** Nothing is known of what comes next. */
  Upcoming NOTHING = (pass, where, count) -> List.of();
}
