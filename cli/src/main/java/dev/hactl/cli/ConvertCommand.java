package dev.hactl.cli;

import dev.hactl.cli.convert.AnsibleConverter;
import dev.hactl.cli.convert.Conversion;
import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** {@code hactl convert ansible}: turns playbooks and roles of Ansible into hactl's. */
final class ConvertCommand {
  private static final String FROM = "ansible";

  private ConvertCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    if (first.equals("--help") || first.equals("-h")) {
      var _ = form().read(List.of("--help"), terminal);
      return ExitCode.OK;
    }
    if (!first.equals(FROM)) {
      throw new UsageError(
          first.isEmpty()
              ? "hactl convert: from what? " + FROM
              : "hactl convert: cannot read '"
                  + first
                  + "'"
                  + UsageError.hint(first, List.of(FROM))
                  + "; write hactl convert "
                  + FROM
                  + " FILE...");
    }
    return form()
        .read(arguments.subList(1, arguments.size()), terminal)
        .map(filled -> convert(filled, terminal))
        .orElse(ExitCode.OK);
  }

  static SequencedMap<String, Form> forms() {
    var forms = new LinkedHashMap<String, Form>();
    forms.put(FROM, form());
    return forms;
  }

  private static Form form() {
    return new Form(
            "hactl convert " + FROM, "turn playbooks and roles of Ansible into those of hactl")
        .operands(
            "FILE",
            "1..*",
            "Playbooks, and folders of roles; the roles and files that they use come with them.")
        .value(
            "DIR",
            "Write to this folder; without it, the one playbook is printed.",
            "-o",
            "--output")
        .flag("Replace files there that differ.", "--force")
        .values(
            "INVENTORY",
            "Check the result with this inventory too: names of hosts and variables.",
            "-i",
            "--inventory");
  }

  private static ExitCode convert(Form.Filled filled, Terminal terminal) {
    List<Path> sources = filled.operands().stream().map(Path::of).toList();
    for (Path source : sources) {
      if (!Files.exists(source)) {
        throw filled.refused("there is no '" + source + "'");
      }
    }
    Conversion made = new AnsibleConverter(AllModules.builtIn()).convert(sources);
    made.notes().forEach(n -> terminal.complain(n.render()));
    made.left().forEach(p -> terminal.complain(p.render()));
    Optional<Path> folder = filled.path("--output");
    if (folder.isEmpty()) {
      print(made, filled, terminal);
      return end(made, List.of(), terminal);
    }
    write(made, folder.get(), filled);
    List<Problem> wrong = ConvertCheck.of(made, folder.get(), filled.values("--inventory"));
    wrong.forEach(p -> terminal.complain(p.render()));
    terminal.say(
        made.files().size()
            + (made.files().size() == 1 ? " file" : " files")
            + " written to "
            + folder.get());
    return end(made, wrong, terminal);
  }

  private static ExitCode end(Conversion made, List<Problem> wrong, Terminal terminal) {
    long errors = wrong.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    if (!made.left().isEmpty()) {
      terminal.complain(
          "hactl: "
              + made.left().size()
              + (made.left().size() == 1 ? " thing was" : " things were")
              + " not converted");
    }
    if (errors > 0) {
      terminal.complain(
          "hactl: " + errors + (errors == 1 ? " error" : " errors") + " in what was written");
    }
    return made.left().isEmpty() && errors == 0 ? ExitCode.OK : ExitCode.INVALID_INPUT;
  }

  private static void print(Conversion made, Form.Filled filled, Terminal terminal) {
    if (made.files().size() > 1 || filled.operands().size() > 1) {
      throw filled.refused(
          "these are " + made.files().size() + " files; say with -o DIR where to write them");
    }
    for (Conversion.Written written : made.files().values()) {
      if (written instanceof Conversion.Text text) {
        terminal.out().print(text.text());
        terminal.out().flush();
      }
    }
  }

  private static void write(Conversion made, Path folder, Form.Filled filled) {
    try {
      for (Map.Entry<String, Conversion.Written> e : made.files().entrySet()) {
        Path file = folder.resolve(e.getKey());
        if (Files.exists(file) && !filled.flag("--force") && differs(file, e.getValue())) {
          throw filled.refused(
              "'" + file + "' is there already, and differs; name another folder, or add --force");
        }
      }
      for (Map.Entry<String, Conversion.Written> e : made.files().entrySet()) {
        Path file = folder.resolve(e.getKey());
        Path parent = file.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        switch (e.getValue()) {
          case Conversion.Text text -> Files.writeString(file, text.text());
          case Conversion.Copy copy ->
              Files.copy(
                  copy.source(),
                  file,
                  StandardCopyOption.REPLACE_EXISTING,
                  StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UsageError("hactl convert: cannot write to '" + folder + "': " + e.getMessage());
    }
  }

  private static boolean differs(Path file, Conversion.Written written) throws IOException {
    return switch (written) {
      case Conversion.Text text -> !Files.readString(file).equals(text.text());
      case Conversion.Copy copy -> Files.mismatch(file, copy.source()) >= 0;
    };
  }
}
