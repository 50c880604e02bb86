package dev.hactl.engine.vars;

import dev.hactl.engine.inventory.Group;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The variables that the inventory gives a host. */
public final class HostVariables {
  private HostVariables() {}

  /** Those of its groups, parents first, then its own: low precedence first. */
  public static List<Layer> of(Host host, Inventory inventory) {
    var layers = new ArrayList<Layer>();
    for (String group : host.groups()) {
      Precedence level = group.equals("all") ? Precedence.GROUP_ALL : Precedence.GROUP;
      Group known = Objects.requireNonNull(inventory.groups().get(group));
      known.vars().forEach(v -> layers.add(Layer.written(level, v.scope(), v.mapping(), false)));
    }
    host.vars()
        .forEach(v -> layers.add(Layer.written(Precedence.HOST, v.scope(), v.mapping(), false)));
    return layers;
  }
}
