package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.cli.show.PairView;
import dev.hactl.cli.show.ShowJson;
import dev.hactl.cli.show.ShowText;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.run.Survey;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.show.NodeView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code hactl show}: the state of a cluster on one screen, whichever of its nodes are there. */
final class ShowCommand {
  private ShowCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    return form()
        .read(arguments, terminal)
        .map(filled -> show(filled, terminal))
        .orElse(ExitCode.OK);
  }

  static Form form() {
    Form form =
        ApplyForm.inventory(
            new Form(Command.SHOW)
                .operands(
                    "CLUSTER", "0..1", "A cluster of the inventory; not needed if there is one."));
    return LoginForm.add(VaultForm.add(form))
        .choice("FORMAT", ApplyForm.FORMATS, "text or json.", "--output");
  }

  private static ExitCode show(Form.Filled filled, Terminal terminal) {
    ApplyOptions.Format format = ApplyForm.format(filled);
    Inventory inventory = InventoryCommand.read(filled, terminal);
    String cluster = cluster(filled, inventory);
    List<String> members = inventory.cluster(cluster).stream().map(Host::name).toList();
    RunOptions options =
        RunOptions.defaults()
            .as(RunForm.operator(), LoginForm.forRun(LoginForm.read(filled), terminal, true));
    var view = new PairView(cluster, Survey.ask(inventory, members, NodeView.probe(), options));
    switch (format) {
      case TEXT -> ShowText.lines(view).forEach(terminal.out()::println);
      case JSON -> terminal.out().println(ShowJson.text(view));
    }
    terminal.out().flush();
    return view.unseen().isEmpty() ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private static String cluster(Form.Filled filled, Inventory inventory) {
    var known = new TreeSet<String>();
    inventory.hosts().values().forEach(h -> h.cluster().ifPresent(known::add));
    Optional<String> named = filled.operands().stream().findFirst();
    if (named.isPresent()) {
      if (!known.contains(named.get())) {
        throw unknown(named.get(), known);
      }
      return named.get();
    }
    return switch (known.size()) {
      case 0 ->
          throw filled.refused(
              "the inventory has no cluster; name one on the group of its nodes: cluster: NAME");
      case 1 -> known.first();
      default -> throw filled.refused("which cluster? " + String.join(", ", known));
    };
  }

  private static SourceException unknown(String name, Set<String> known) {
    String message = "no cluster is named '" + name + "'";
    Place place = Place.of("hactl show");
    return new SourceException(
        Near.hint(name, known)
            .map(hint -> Problem.error(place, message, hint))
            .orElseGet(() -> Problem.error(place, message)));
  }
}
