package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.HactlTarget;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.TargetChoice;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.engine.module.Thing;
import java.util.List;

/** The node that coordinates the cluster. */
@HactlTarget("dc")
public final class Dc implements TargetKind<Whereabouts> {
  @Override
  public String description() {
    return "The node that coordinates the cluster.";
  }

  @Override
  public List<String> arguments() {
    return List.of();
  }

  @Override
  public Probe<Whereabouts> probe(List<String> arguments) {
    return Whereabouts.probe();
  }

  @Override
  public TargetChoice choose(List<String> arguments, Members<Whereabouts> seen) {
    return Whereabouts.choose(
        seen,
        s ->
            s.dc().isEmpty()
                ? Whereabouts.Chosen.none("no node coordinates", "wait until one is elected")
                : new Whereabouts.Chosen(java.util.Set.of(s.dc()), "", ""));
  }

  @Override
  public List<Thing> reliesOn(List<String> arguments) {
    return Whereabouts.things();
  }
}
