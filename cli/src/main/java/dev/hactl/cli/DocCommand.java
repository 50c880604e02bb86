package dev.hactl.cli;

import dev.hactl.cli.doc.KeywordText;
import dev.hactl.cli.doc.ModuleText;
import dev.hactl.cli.doc.Snippet;
import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.model.Keywords;
import dev.hactl.engine.module.Module;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * {@code hactl doc}: the modules in one line each; {@code hactl doc NAME}: a module, or a keyword
 * of playbooks, in full.
 */
final class DocCommand {
  private static final List<String> TYPES = List.of("module", "keyword");

  private DocCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    form().read(arguments, terminal).ifPresent(filled -> print(filled, terminal));
    return ExitCode.OK;
  }

  static Form form() {
    return ModulesForm.add(
        new Form(Command.DOC)
            .operands("MODULE", "0..*", "The modules to describe; also keywords, such as when.")
            .flag(
                "List the modules with one line each, which is also done without MODULE.",
                "-l",
                "--list")
            .flag("Print a task to paste instead, its parameters explained.", "-s", "--snippet")
            .choice("TYPE", TYPES, "What is meant: module or keyword.", "-t", "--type"));
  }

  private static void print(Form.Filled filled, Terminal terminal) {
    String type = filled.value("--type").orElse("");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      throw filled.refused("there is no type '" + type + "'" + UsageError.hint(type, TYPES));
    }
    if (filled.flag("--list") && !filled.operands().isEmpty()) {
      throw filled.refused(
          "--list lists all of them; leave out '" + filled.operands().getFirst() + "'");
    }
    ModulesForm modules = ModulesForm.read(filled);
    var lines = new ArrayList<String>();
    if (filled.operands().isEmpty()) {
      lines.addAll(
          type.equals("keyword")
              ? KeywordText.list(terminal.width())
              : ModuleText.list(modules.modules(), terminal.width()));
    }
    for (String name : new LinkedHashSet<>(filled.operands())) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(described(name, type, modules, filled, terminal.width()));
    }
    modules.complain(terminal);
    lines.forEach(terminal.out()::println);
    terminal.out().flush();
  }

  private static List<String> described(
      String name, String type, ModulesForm modules, Form.Filled filled, int width) {
    Optional<Module<?>> module =
        type.equals("keyword") ? Optional.empty() : modules.modules().find(shortName(name));
    if (module.isPresent()) {
      String own = shortName(name);
      return filled.flag("--snippet")
          ? Snippet.of(own, module.get())
          : ModuleText.of(own, module.get(), modules.file(own), width);
    }
    boolean keyword = !type.equals("module") && !filled.flag("--snippet");
    if (keyword && Keywords.names().contains(name)) {
      return KeywordText.of(name, width);
    }
    var known = new TreeSet<>(modules.modules().callable());
    if (keyword) {
      known.addAll(Keywords.names());
    }
    throw filled.refused(
        "no "
            + (type.isEmpty() ? "module" : type)
            + " is named '"
            + name
            + "'"
            + UsageError.hint(name, known));
  }

  /** Ansible's full name of a module means ours. */
  private static String shortName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
