package dev.hactl.cli.inventory;

import dev.hactl.engine.inventory.Group;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A group as a tree of groups and hosts, drawn as {@code ansible-inventory --graph} draws it. */
public final class GroupGraph {
  private static final String BRANCH = "  |";

  private final Inventory inventory;
  private final Set<String> hosts;
  private final boolean vars;
  private final List<String> lines = new ArrayList<>();

  private GroupGraph(Inventory inventory, Set<String> hosts, boolean vars) {
    this.inventory = inventory;
    this.hosts = hosts;
    this.vars = vars;
  }

  /**
   * The lines of the drawing.
   *
   * @param group a group of the inventory
   * @param hosts which hosts are drawn
   * @param vars whether the own variables of hosts and groups are drawn
   */
  public static List<String> lines(
      Inventory inventory, String group, Set<String> hosts, boolean vars) {
    var graph = new GroupGraph(inventory, hosts, vars);
    graph.group(group, 0);
    return graph.lines;
  }

  private void group(String name, int depth) {
    Group group = Objects.requireNonNull(inventory.groups().get(name));
    String cluster = group.cluster().map(c -> " (cluster " + c + ")").orElse("");
    line(depth, "@" + name + ":" + cluster);
    for (String child : inventory.children(name)) {
      group(child, depth + 1);
    }
    if (!name.equals("all")) {
      for (String host : new TreeSet<>(InventoryDocument.hosts(inventory, group))) {
        if (hosts.contains(host)) {
          line(depth + 1, host);
          vars(Shown.own(host(host)), depth + 2);
        }
      }
    }
    vars(Shown.ofGroup(name, inventory), depth + 1);
  }

  private Host host(String name) {
    return inventory.host(name).orElseThrow();
  }

  private void vars(Map<String, @Nullable Object> all, int depth) {
    if (vars) {
      all.forEach(
          (name, value) -> line(depth, "{" + name + " = " + InventoryDocument.json(value) + "}"));
    }
  }

  private void line(int depth, String text) {
    lines.add(depth == 0 ? text : BRANCH.repeat(depth) + "--" + text);
  }
}
