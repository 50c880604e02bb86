package dev.hactl.cli;

import dev.hactl.cli.inventory.GroupGraph;
import dev.hactl.cli.inventory.InventoryDocument;
import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.inventory.InventoryReader;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code hactl inventory}: the groups with their hosts, as hactl read them. */
final class InventoryCommand {
  private InventoryCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    form().read(arguments, terminal).ifPresent(filled -> run(filled, terminal));
    return ExitCode.OK;
  }

  static Form form() {
    return VaultForm.add(
        ApplyForm.inventory(
                new Form(Command.INVENTORY)
                    .operands("GROUP", "0..1", "With --graph: draw only this group."))
            .value("PATTERN", "Only these hosts and groups, as in db1,web,!web3.", "-l", "--limit")
            .value("FOLDER", "Read group_vars and host_vars of this folder too.", "--playbook-dir")
            .flag("Draw groups and hosts as a tree.", "--graph")
            .flag("With --graph: the variables of each group and host too.", "--vars")
            .flag("Print everything as JSON, as an inventory program prints it.", "--list")
            .value("HOST", "Print the variables of a host as JSON.", "--host")
            .flag("With --list and --host: YAML instead of JSON.", "-y", "--yaml"));
  }

  private static void run(Form.Filled filled, Terminal terminal) {
    List<String> forms = Stream.of("--graph", "--list", "--host").filter(filled::flag).toList();
    if (forms.size() > 1) {
      throw filled.refused("which of " + String.join(" and ", forms) + "?");
    }
    String form = forms.isEmpty() ? "" : forms.getFirst();
    refuse(filled, "--vars", form.equals("--graph"), "--graph");
    refuse(filled, "--yaml", form.equals("--list") || form.equals("--host"), "--list or --host");
    if (!filled.operands().isEmpty() && !form.equals("--graph")) {
      throw filled.refused("a group is named with --graph");
    }
    Inventory inventory = read(filled, filled.path("--playbook-dir").stream().toList(), terminal);
    Set<String> hosts = new LinkedHashSet<>(inventory.hosts().keySet());
    filled
        .value("--limit")
        .ifPresent(l ->
            hosts.retainAll(
                inventory.select(l, Place.of("--limit")).stream().map(Host::name).toList()));
    lines(filled, form, inventory, hosts).forEach(terminal.out()::println);
    terminal.out().flush();
  }

  private static void refuse(Form.Filled filled, String flag, boolean fits, String of) {
    if (filled.flag(flag) && !fits) {
      throw filled.refused(flag + " goes with " + of);
    }
  }

  private static List<String> lines(
      Form.Filled filled, String form, Inventory inventory, Set<String> hosts) {
    boolean yaml = filled.flag("--yaml");
    return switch (form) {
      case "--graph" ->
          GroupGraph.lines(inventory, group(filled, inventory), hosts, filled.flag("--vars"));
      case "--list" -> {
        var document = new InventoryDocument(inventory, hosts);
        yield yaml ? document.yaml() : List.of(document.list());
      }
      case "--host" -> {
        String name = filled.value("--host").orElseThrow();
        Host host =
            inventory
                .host(name)
                .orElseThrow(() -> new SourceException(inventory.noHost(name, Place.of("--host"))));
        var document = new InventoryDocument(inventory, hosts);
        yield yaml ? document.hostYaml(host) : List.of(document.host(host));
      }
      default ->
          inventory.groups().values().stream()
              .filter(g -> !g.name().equals("ungrouped") || !g.hosts().isEmpty())
              .flatMap(g -> plain(inventory, g.name(), hosts))
              .toList();
    };
  }

  private static String group(Form.Filled filled, Inventory inventory) {
    String name = filled.operands().stream().findFirst().orElse("all");
    if (!inventory.groups().containsKey(name)) {
      Place place = Place.of("hactl inventory");
      String message = "no group is named '" + name + "'";
      throw new SourceException(
          Near.hint(name, inventory.groups().keySet())
              .map(hint -> Problem.error(place, message, hint))
              .orElseGet(() -> Problem.error(place, message)));
    }
    return name;
  }

  private static Stream<String> plain(Inventory inventory, String group, Set<String> hosts) {
    return Stream.concat(
        Stream.of(group + ":"),
        inventory.members(group).stream()
            .filter(hosts::contains)
            .map(name -> "  " + name + cluster(inventory, name)));
  }

  private static String cluster(Inventory inventory, String host) {
    return inventory.host(host).flatMap(Host::cluster).map(c -> "  (cluster " + c + ")").orElse("");
  }

  /** The inventories that {@code -i} names; what is doubtful about them is told. */
  static Inventory read(Form.Filled filled, Terminal terminal) {
    return read(filled, List.of(), terminal);
  }

  private static Inventory read(Form.Filled filled, List<Path> beside, Terminal terminal) {
    List<String> sources = filled.values("--inventory");
    if (sources.isEmpty()) {
      throw filled.refused("which hosts? add -i INVENTORY");
    }
    var problems =
        new Problems(VaultForm.keyring(VaultForm.read(filled), terminal, System.getenv()));
    Inventory inventory =
        InventoryReader.read(sources, beside, ApplyForm.programLimit(filled), problems);
    problems.throwIfErrors();
    problems.warnings().forEach(w -> terminal.complain(w.render()));
    return inventory;
  }
}
