package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.inventory.InventoryReader;
import dev.hactl.engine.source.Problems;
import java.util.List;

/** {@code hactl inventory}: every group with its hosts, as hactl read them. */
final class InventoryCommand {
  private InventoryCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    Form form =
        new Form(Command.INVENTORY)
            .values(
                "INVENTORY",
                "Inventory file, or hosts as in db1,db2; repeatable.",
                "-i",
                "--inventory");
    form.read(arguments, terminal).ifPresent(filled -> print(read(filled), terminal));
    return ExitCode.OK;
  }

  /** The inventories that {@code -i} names. */
  static Inventory read(Form.Filled filled) {
    List<String> sources = filled.values("--inventory");
    if (sources.isEmpty()) {
      throw filled.refused("which hosts? add -i INVENTORY");
    }
    var problems = new Problems();
    Inventory inventory = InventoryReader.read(sources, List.of(), problems);
    problems.throwIfErrors();
    return inventory;
  }

  private static void print(Inventory inventory, Terminal terminal) {
    for (String group : inventory.groups().keySet()) {
      terminal.out().println(group + ":");
      for (String name : inventory.members(group)) {
        String cluster =
            inventory
                .host(name)
                .flatMap(Host::cluster)
                .map(c -> "  (cluster " + c + ")")
                .orElse("");
        terminal.out().println("  " + name + cluster);
      }
    }
    terminal.out().flush();
  }
}
