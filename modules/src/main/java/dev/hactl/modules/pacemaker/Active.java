package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.HactlTarget;
import dev.hactl.modules.show.ClusterStatus;
import java.util.List;

/** Where a resource of Pacemaker is active; of a promotable clone, where it is promoted. */
@HactlTarget("active")
public final class Active extends WhereaboutsTarget {
  @Override
  public String description() {
    return "Where a resource of Pacemaker is active; of a promotable clone, where it is promoted.";
  }

  @Override
  public List<String> arguments() {
    return List.of("RESOURCE");
  }

  @Override
  Whereabouts.Chosen chosen(List<String> arguments, ClusterStatus status) {
    return Placement.active(status, arguments.getFirst());
  }
}
