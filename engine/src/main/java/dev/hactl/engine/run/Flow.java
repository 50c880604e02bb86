package dev.hactl.engine.run;

import dev.hactl.engine.model.Item;
import java.util.List;

/** How far a play still goes. */
final class Flow {
  private final RunControl control;

  /** The play goes on nowhere. */
  boolean stopped;

  /** A task asked for the end of the play. */
  boolean ended;

  Flow(RunControl control) {
    this.control = control;
  }

  /** Whether the operator ends the run. */
  boolean cancelled() {
    return control.stopping();
  }

  /** Whether no further task of the play begins. */
  boolean over() {
    return stopped || ended || cancelled();
  }

  /** Runs what is owed to the hosts that came so far, also where the play stops. */
  void besides(Runnable section) {
    boolean was = stopped;
    stopped = false;
    section.run();
    stopped |= was;
  }

  /** The hosts that take part in this now: they left none of the roles it belongs to. */
  static List<HostPass> active(List<HostPass> hosts, Item item) {
    return hosts.stream().filter(p -> p.active() && !p.rolesLeft.hold(item)).toList();
  }

  /** The hosts that take part now. */
  static List<HostPass> active(List<HostPass> hosts) {
    return hosts.stream().filter(HostPass::active).toList();
  }
}
