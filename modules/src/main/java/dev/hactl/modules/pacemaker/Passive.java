package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.HactlTarget;
import dev.hactl.modules.show.ClusterStatus;
import java.util.List;

/** The nodes that take part where a resource is not active; without one, where nothing is. */
@HactlTarget("passive")
public final class Passive extends WhereaboutsTarget {
  @Override
  public String description() {
    return "The nodes that take part where a resource is not active; without one, where nothing is.";
  }

  @Override
  public List<String> arguments() {
    return List.of("RESOURCE");
  }

  @Override
  public int required() {
    return 0;
  }

  @Override
  Whereabouts.Chosen chosen(List<String> arguments, ClusterStatus status) {
    return arguments.isEmpty()
        ? Placement.passive(status)
        : Placement.passive(status, arguments.getFirst());
  }
}
