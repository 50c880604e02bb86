package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code hactl doc}: the modules in one line each; {@code hactl doc MODULE}: one in full. */
final class DocCommand {
  private DocCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    Form form =
        new Form(Command.DOC)
            .operands("MODULE", "0..1", "The module to describe.")
            .value("FOLDER", "Also the modules in this folder.", "-M", "--module-path");
    form.read(arguments, terminal).ifPresent(filled -> print(filled, terminal));
    return ExitCode.OK;
  }

  private static void print(Form.Filled filled, Terminal terminal) {
    Modules modules =
        filled.path("--module-path").map(AllModules::with).orElseGet(AllModules::builtIn);
    List<String> lines =
        filled.operands().isEmpty()
            ? list(modules)
            : describe(filled.operands().getFirst(), modules, filled);
    lines.forEach(terminal.out()::println);
    terminal.out().flush();
  }

  private static List<String> list(Modules modules) {
    int width = modules.names().stream().mapToInt(String::length).max().orElse(0);
    return new TreeSet<>(modules.names())
        .stream()
            .map(name ->
                name
                    + " ".repeat(width - name.length() + 2)
                    + modules.find(name).orElseThrow().manual().summary())
            .toList();
  }

  private static List<String> describe(String name, Modules modules, Form.Filled filled) {
    Module<?> module =
        modules
            .find(name)
            .orElseThrow(() ->
                filled.refused(
                    "no module is named '" + name + "'" + UsageError.hint(name, modules.names())));
    Manual manual = module.manual();
    var lines = new ArrayList<String>();
    lines.add(name + ": " + manual.summary());
    if (!manual.description().isEmpty()) {
      lines.add("");
      manual.description().lines().forEach(lines::add);
    }
    if (!module.form().fields().isEmpty()) {
      lines.add("");
      lines.add("Parameters:");
      module.form().fields().forEach(field -> lines.addAll(parameter(field)));
    }
    if (!manual.returns().isEmpty()) {
      lines.add("");
      lines.add("Returns, besides what every task does:");
      manual.returns().forEach(r -> lines.add("  " + r.name() + ": " + r.description()));
    }
    manual.examples().forEach(example -> lines.addAll(example(example)));
    return lines;
  }

  private static List<String> parameter(Field<?> field) {
    var facts = new ArrayList<String>();
    facts.add(field.type().name());
    if (field.required()) {
      facts.add("required");
    }
    field.fallback().ifPresent(value -> facts.add("default " + value));
    if (field.secret()) {
      facts.add("never shown");
    }
    if (!field.aliases().isEmpty()) {
      facts.add("also " + String.join(", ", field.aliases()));
    }
    return List.of(
        "  " + field.name() + " (" + String.join("; ", facts) + ")",
        "      " + field.description());
  }

  private static List<String> example(Manual.Example example) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(example.title() + ":");
    example.yaml().lines().forEach(line -> lines.add("  " + line));
    return lines;
  }
}
