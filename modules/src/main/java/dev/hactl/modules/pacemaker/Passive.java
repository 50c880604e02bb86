package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.HactlTarget;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.TargetChoice;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.engine.module.Thing;
import java.util.List;

/** The nodes that take part where a resource is not active; without one, where nothing is. */
@HactlTarget("passive")
public final class Passive implements TargetKind<Whereabouts> {
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
  public Probe<Whereabouts> probe(List<String> arguments) {
    return Whereabouts.probe();
  }

  @Override
  public TargetChoice choose(List<String> arguments, Members<Whereabouts> seen) {
    return Whereabouts.choose(
        seen,
        s ->
            arguments.isEmpty()
                ? Placement.passive(s)
                : Placement.passive(s, arguments.getFirst()));
  }

  @Override
  public List<Thing> reliesOn(List<String> arguments) {
    return Whereabouts.things();
  }
}
