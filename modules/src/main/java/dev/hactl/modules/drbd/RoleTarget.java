package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.TargetChoice;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.cib.CibTransaction;
import dev.hactl.modules.look.Look;
import java.util.List;
import java.util.stream.Collectors;

/** The members on which a replica has a role. */
abstract class RoleTarget implements TargetKind<String> {
  private final String role;

  RoleTarget(String role) {
    this.role = role;
  }

  @Override
  public String description() {
    return "Where a resource of DRBD is " + role + ".";
  }

  @Override
  public List<String> arguments() {
    return List.of("RESOURCE");
  }

  @Override
  public boolean ofCluster() {
    return false;
  }

  /** DRBD 8.4 adds the peer's role after a slash; the member tells its own only. */
  @Override
  public Probe<String> probe(List<String> arguments) {
    return Look.at(
            "role",
            "r=$(drbdadm role "
                + Sh.quote(arguments.getFirst())
                + " 2> /dev/null) || r=\nprintf '%s\\n' \"${r%%/*}\"\n")
        .probe(seen -> seen.text("role").strip());
  }

  @Override
  public TargetChoice choose(List<String> arguments, Members<String> seen) {
    List<String> hosts =
        seen.names().stream().filter(n -> seen.of(n).filter(role::equals).isPresent()).toList();
    String roles =
        seen.observed().entrySet().stream()
            .map(e -> e.getKey() + ": " + (e.getValue().isEmpty() ? "not up" : e.getValue()))
            .collect(Collectors.joining(", "));
    return TargetChoice.of(
        hosts,
        arguments.getFirst()
            + " is "
            + role
            + " nowhere ("
            + roles
            + (seen.complete() ? "" : "; not seen: " + seen.unseen())
            + ")",
        "bring it up, or look with 'hactl show'");
  }

  @Override
  public List<Thing> reliesOn(List<String> arguments) {
    return List.of(
        new Thing(Thing.Kind.OTHER, "cluster"),
        CibTransaction.CONFIGURATION,
        Thing.unit("pacemaker.service"),
        Thing.unit("drbd.service"),
        Thing.path("/dev"));
  }
}
