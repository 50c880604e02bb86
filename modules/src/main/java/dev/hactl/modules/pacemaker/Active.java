package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.HactlTarget;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.TargetChoice;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.engine.module.Thing;
import java.util.List;

/** Where a resource of Pacemaker is active; of a promotable clone, where it is promoted. */
@HactlTarget("active")
public final class Active implements TargetKind<Whereabouts> {
  @Override
  public String description() {
    return "Where a resource of Pacemaker is active; of a promotable clone, where it is promoted.";
  }

  @Override
  public List<String> arguments() {
    return List.of("RESOURCE");
  }

  @Override
  public Probe<Whereabouts> probe(List<String> arguments) {
    return Whereabouts.probe();
  }

  @Override
  public TargetChoice choose(List<String> arguments, Members<Whereabouts> seen) {
    return Whereabouts.choose(seen, s -> Placement.active(s, arguments.getFirst()));
  }

  @Override
  public List<Thing> reliesOn(List<String> arguments) {
    return Whereabouts.things();
  }
}
