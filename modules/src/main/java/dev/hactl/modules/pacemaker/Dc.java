package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.HactlTarget;
import dev.hactl.modules.show.ClusterStatus;
import java.util.List;
import java.util.Set;

/** The node that coordinates the cluster. */
@HactlTarget("dc")
public final class Dc extends WhereaboutsTarget {
  @Override
  public String description() {
    return "The node that coordinates the cluster.";
  }

  @Override
  public List<String> arguments() {
    return List.of();
  }

  @Override
  Whereabouts.Chosen chosen(List<String> arguments, ClusterStatus status) {
    return status.dc().isEmpty()
        ? Whereabouts.Chosen.none("no node coordinates", "wait until one is elected")
        : new Whereabouts.Chosen(Set.of(status.dc()), "", "");
  }
}
