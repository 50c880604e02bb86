package dev.hactl.cli.inventory;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.inventory.Group;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inventory for programs: JSON in the form that {@code ansible-inventory --list} prints and that
 * an inventory program prints, or the YAML form of an inventory. Hosts have all their variables,
 * those of their groups too; texts are as they are written, not rendered.
 */
public final class InventoryDocument {
  private static final JSON JSON_TEXT = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private final Inventory inventory;
  private final Set<String> hosts;

  /**
   * A document.
   *
   * @param hosts which hosts it holds
   */
  public InventoryDocument(Inventory inventory, Set<String> hosts) {
    this.inventory = inventory;
    this.hosts = hosts;
  }

  /** A value as JSON on one line. */
  static String json(@Nullable Object value) {
    return write(JSON_TEXT, value);
  }

  private static String pretty(Map<String, ?> value) {
    return write(JSON_TEXT.with(JSON.Feature.PRETTY_PRINT_OUTPUT), value);
  }

  private static String write(JSON writer, @Nullable Object value) {
    try {
      return value == null ? "null" : writer.asString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The hosts of which a group itself is one: those that nobody grouped are in 'ungrouped'. */
  static List<String> hosts(Inventory inventory, Group group) {
    return group.name().equals("ungrouped")
        ? inventory.members("ungrouped")
        : List.copyOf(group.hosts());
  }

  /** The variables of a host as JSON. */
  public String host(Host host) {
    return pretty(Shown.ofHost(host, inventory));
  }

  /** The variables of a host as YAML. */
  public List<String> hostYaml(Host host) {
    return entries(Shown.ofHost(host, inventory), "");
  }

  /** Everything as JSON. */
  public String list() {
    var hostVars = new LinkedHashMap<String, Object>();
    for (Host host : inventory.hosts().values()) {
      Map<String, @Nullable Object> vars =
          hosts.contains(host.name()) ? Shown.ofHost(host, inventory) : Map.of();
      if (!vars.isEmpty()) {
        hostVars.put(host.name(), vars);
      }
    }
    var all = new LinkedHashMap<String, Object>();
    all.put("_meta", Map.of("hostvars", hostVars));
    for (Group group : inventory.groups().values()) {
      var entry = new LinkedHashMap<String, Object>();
      List<String> children = inventory.children(group.name());
      List<String> own = group.name().equals("all") ? List.of() : own(group);
      if (!children.isEmpty()) {
        entry.put("children", children);
      }
      if (!own.isEmpty()) {
        entry.put("hosts", own);
      }
      group.cluster().ifPresent(c -> entry.put("cluster", c));
      if (!entry.isEmpty()) {
        all.put(group.name(), entry);
      }
    }
    return pretty(all);
  }

  private List<String> own(Group group) {
    return hosts(inventory, group).stream().filter(hosts::contains).toList();
  }

  /** Everything as an inventory in YAML; values are written as JSON, which YAML reads. */
  public List<String> yaml() {
    var lines = new ArrayList<String>();
    group("all", "", lines, new HashSet<>(), new HashSet<>());
    return lines;
  }

  private void group(
      String name, String indent, List<String> lines, Set<String> written, Set<String> told) {
    lines.add(indent + json(name).replaceAll("^\"([A-Za-z_][\\w.-]*)\"$", "$1") + ":");
    if (!written.add(name)) {
      return;
    }
    Group group = Objects.requireNonNull(inventory.groups().get(name));
    group.cluster().ifPresent(c -> lines.add(indent + "  cluster: " + json(c)));
    List<String> own = name.equals("all") ? List.of() : own(group);
    if (!own.isEmpty()) {
      lines.add(indent + "  hosts:");
    }
    for (String host : own) {
      lines.add(indent + "    " + json(host) + ":");
      if (told.add(host)) {
        lines.addAll(
            entries(
                Shown.ofHost(inventory.host(host).orElseThrow(), inventory), indent + "      "));
      }
    }
    List<String> children = inventory.children(name);
    if (!children.isEmpty()) {
      lines.add(indent + "  children:");
      children.forEach(c -> group(c, indent + "    ", lines, written, told));
    }
  }

  private static List<String> entries(Map<String, @Nullable Object> vars, String indent) {
    var lines = new ArrayList<String>();
    vars.forEach((name, value) -> lines.add(indent + name + ": " + json(value)));
    return lines;
  }
}
