package dev.hactl.campaign;

import dev.hactl.lab.HostKind;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.LabMachine;
import dev.hactl.lab.LabTarget;

/**
 * A host of a test, as the campaign looks at it.
 *
 * @param target a container, seen through Docker, or a machine, seen through the ssh command
 */
public record Seen(LabTarget target) implements Machine {
  @Override
  public String name() {
    return target.name();
  }

  @Override
  public boolean debian() {
    return switch (target) {
      case LabHost host -> host.kind() == HostKind.DEBIAN;
      case LabMachine _ -> true;
    };
  }

  @Override
  public String sh(String script) {
    return target.sh(script);
  }
}
