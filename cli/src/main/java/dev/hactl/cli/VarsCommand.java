package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.run.HostScopes;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Binding;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code hactl vars HOST}: the variables that a host begins with, as they are written, and with
 * {@code --explain NAME} every place that sets one, the winner first. With playbooks: the same for
 * each of their plays and roles.
 */
final class VarsCommand {
  /** Secret wherever they stand; the engine reads them under these names. */
  private static final Set<String> PASSWORDS =
      Set.of(
          "ansible_password", "ansible_ssh_pass", "ansible_become_password", "ansible_become_pass");

  private VarsCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    form().read(arguments, terminal).ifPresent(filled -> print(filled, terminal));
    return ExitCode.OK;
  }

  static Form form() {
    return VaultForm.add(
        ApplyForm.inventory(
                new Form(Command.VARS)
                    .operands(
                        "HOST [PLAYBOOK]",
                        "1..*",
                        "A host of the inventory, and playbooks whose plays and roles count too."))
            .value(
                "VARIABLE", "Show every place that sets this one, the winner first.", "--explain"));
  }

  private static void print(Form.Filled filled, Terminal terminal) {
    Optional<String> explained = filled.value("--explain");
    List<String> lines;
    if (filled.operands().size() == 1) {
      Inventory inventory = InventoryCommand.read(filled, terminal);
      lines = lines(Scope.of(HostVariables.of(host(filled, inventory), inventory)), explained);
    } else {
      List<Path> playbooks =
          filled.operands().stream().skip(1).map(operand -> Path.of(operand)).toList();
      Project project =
          Project.read(
              playbooks,
              filled.values("--inventory"),
              ApplyForm.programLimit(filled),
              AllModules::beside,
              VaultForm.keyring(VaultForm.read(filled), terminal, System.getenv()));
      project.problems().throwIfErrors();
      lines = lines(HostScopes.of(project, host(filled, project.inventory())), explained);
    }
    lines.forEach(terminal.out()::println);
    terminal.out().flush();
  }

  private static Host host(Form.Filled filled, Inventory inventory) {
    String name = filled.operands().getFirst();
    return inventory
        .host(name)
        .orElseThrow(() -> unknown("host", name, inventory.hosts().keySet()));
  }

  /** The same for each play and role that sees the variable, or any. */
  private static List<String> lines(List<HostScopes.Seen> seen, Optional<String> explained) {
    var lines = new ArrayList<String>();
    var names = new TreeSet<String>();
    for (HostScopes.Seen part : seen) {
      names.addAll(part.scope().names());
      if (explained.isEmpty() || part.scope().find(explained.get()).isPresent()) {
        lines.add("# " + part.where());
        lines.addAll(lines(part.scope(), explained));
      }
    }
    if (lines.isEmpty() && explained.isPresent()) {
      throw unknown("variable", explained.get(), names);
    }
    return lines;
  }

  private static List<String> lines(Scope scope, Optional<String> explained) {
    if (explained.isEmpty()) {
      return scope.names().stream()
          .map(name -> name + ": " + show(name, scope.find(name).orElseThrow()))
          .toList();
    }
    String name = explained.get();
    List<Binding> bindings = scope.explain(name);
    if (bindings.isEmpty()) {
      throw unknown("variable", name, scope.names());
    }
    var lines = new ArrayList<String>();
    for (Binding binding : bindings) {
      String rank = lines.isEmpty() ? name + ": " : "  loses: ";
      lines.add(
          rank + show(name, binding) + "  # " + binding.level().label() + ", " + binding.origin());
    }
    return lines;
  }

  private static SourceException unknown(String kind, String name, Collection<String> known) {
    String message = "no " + kind + " is named '" + name + "'";
    Place place = Place.of("hactl vars");
    return new SourceException(
        Near.hint(name, known)
            .map(hint -> Problem.error(place, message, hint))
            .orElseGet(() -> Problem.error(place, message)));
  }

  private static String show(String name, Binding binding) {
    if (PASSWORDS.contains(name)) {
      return Value.REDACTED;
    }
    return switch (binding.content()) {
      case Binding.Content.Ready ready -> ready.value().show();
      case Binding.Content.Computed computed -> computed.value().get().show();
      case Binding.Content.Written written when written.secret() -> Value.REDACTED;
      case Binding.Content.Written written -> show(written.node());
    };
  }

  private static String show(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> scalar.shown();
      case Node.Sequence list ->
          list.items().stream().map(VarsCommand::show).collect(Collectors.joining(", ", "[", "]"));
      case Node.Mapping mapping ->
          mapping.entries().stream()
              .map(entry -> entry.name() + ": " + show(entry.value()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
