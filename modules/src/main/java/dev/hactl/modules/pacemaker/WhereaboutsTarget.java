package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.TargetChoice;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.cib.CibTransaction;
import dev.hactl.modules.show.ClusterStatus;
import java.util.List;

/** Members chosen by where resources run, as those with quorum agree on it. */
abstract class WhereaboutsTarget implements TargetKind<Whereabouts> {
  /** The nodes that are meant, by one status. */
  abstract Whereabouts.Chosen chosen(List<String> arguments, ClusterStatus status);

  @Override
  public final Probe<Whereabouts> probe(List<String> arguments) {
    return Whereabouts.probe();
  }

  @Override
  public final TargetChoice choose(List<String> arguments, Members<Whereabouts> seen) {
    return Whereabouts.choose(seen, status -> chosen(arguments, status));
  }

  @Override
  public final List<Thing> reliesOn(List<String> arguments) {
    return List.of(
        new Thing(Thing.Kind.OTHER, "cluster"),
        CibTransaction.CONFIGURATION,
        Thing.unit("pacemaker.service"));
  }
}
