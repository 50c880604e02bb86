package dev.hactl.engine.vars;

import dev.hactl.engine.inventory.Group;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The variables that the inventory gives a host. */
public final class HostVariables {
  private HostVariables() {}

  /**
   * Those of its groups, parents first, then its own: low precedence first.
   *
   * @throws SourceException when a file of them is encrypted and no password opens it
   */
  public static List<Layer> of(Host host, Inventory inventory) {
    requireOpen(host, inventory);
    var layers = new ArrayList<Layer>();
    for (String group : host.groups()) {
      layers.addAll(ofGroup(group, inventory));
    }
    layers.addAll(own(host));
    return layers;
  }

  /** Those that a group sets itself. */
  public static List<Layer> ofGroup(String group, Inventory inventory) {
    Precedence level = group.equals("all") ? Precedence.GROUP_ALL : Precedence.GROUP;
    Group known = Objects.requireNonNull(inventory.groups().get(group));
    return known.vars().stream().map(v -> layer(level, v)).toList();
  }

  /** Those that a host sets itself. */
  public static List<Layer> own(Host host) {
    return host.vars().stream().map(v -> layer(Precedence.HOST, v)).toList();
  }

  private static Layer layer(Precedence level, Group.VarsSource vars) {
    return vars.data()
        ? Layer.data(level, vars.scope(), vars.mapping())
        : Layer.written(level, vars.scope(), vars.mapping(), false);
  }

  private static void requireOpen(Host host, Inventory inventory) {
    List<Problem> locked =
        Stream.concat(
                host.groups().stream()
                    .flatMap(
                        g -> Objects.requireNonNull(inventory.groups().get(g)).vars().stream()),
                host.vars().stream())
            .flatMap(v -> v.mapping().place().file().opening().locked().stream())
            .toList();
    if (!locked.isEmpty()) {
      throw new SourceException(locked);
    }
  }
}
