package dev.hactl.cli;

import dev.hactl.cli.lint.LintJson;
import dev.hactl.cli.lint.LintText;
import dev.hactl.cli.lint.Report;
import dev.hactl.cli.lint.Sarif;
import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.lint.Linter;
import dev.hactl.engine.lint.Sights;
import dev.hactl.engine.run.Inspector;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code hactl lint}: every mistake that the static check finds, and advice. */
final class LintCommand {
  /** What {@code --format} takes. */
  static final List<String> FORMATS = List.of("text", "json", "sarif");

  private LintCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal, Map<String, String> environment) {
    return form()
        .read(arguments, terminal)
        .map(filled -> run(filled, terminal, environment))
        .orElse(ExitCode.OK);
  }

  static Form form() {
    return VaultForm.add(
        new Form(Command.LINT)
            .operands("PLAYBOOK", "0..*", "Playbooks to look at.")
            .values(
                "INVENTORY",
                "Inventory file, folder or program, or hosts as in db1,db2; repeatable. Without"
                    + " one, hosts and their variables are not looked at.",
                "-i",
                "--inventory")
            .values(
                "VARS", "Variables: key=value, YAML or JSON text, or @FILE.", "-e", "--extra-vars")
            .choice("FORMAT", FORMATS, "text, json or sarif.", "--format")
            .values("RULE", "Only these rules.", "--rules")
            .values("RULE", "Not these rules.", "--skip")
            .flag("Fail also when there is only advice.", "--strict")
            .flag("List the rules and stop.", "--list-rules"));
  }

  private static ExitCode run(
      Form.Filled filled, Terminal terminal, Map<String, String> environment) {
    String format = filled.value("--format").orElse(FORMATS.getFirst());
    if (!FORMATS.contains(format)) {
      throw filled.refused("unknown format '" + format + "'" + UsageError.hint(format, FORMATS));
    }
    var rules = LintRules.chosen(filled);
    if (filled.flag("--list-rules")) {
      List<String> lines =
          format.equals("text") ? LintText.rules(rules.abouts()) : LintJson.rules(rules.abouts());
      lines.forEach(terminal.out()::println);
      terminal.out().flush();
      return ExitCode.OK;
    }
    if (filled.operands().isEmpty()) {
      throw filled.refused("which playbook?");
    }
    List<Problem> found = look(filled, rules, terminal, environment);
    ExitCode exit = exit(found, filled.flag("--strict"));
    var report = new Report(found, rules.byId(), exit.number(), Hactl.version());
    switch (format) {
      case "json" -> LintJson.of(report).forEach(terminal.out()::println);
      case "sarif" -> terminal.out().println(Sarif.of(report));
      default -> LintText.of(report).forEach(terminal.out()::println);
    }
    terminal.out().flush();
    return exit;
  }

  private static List<Problem> look(
      Form.Filled filled, LintRules rules, Terminal terminal, Map<String, String> environment) {
    Project project =
        Project.read(
            filled.operands().stream().map(o -> Path.of(o)).toList(),
            filled.values("--inventory"),
            AllModules::beside,
            VaultForm.keyring(VaultForm.read(filled), terminal, environment));
    var extra = new ArrayList<ExtraVars>();
    filled.values("--extra-vars").forEach(text -> extra.addAll(ExtraVarsText.parse(text, filled)));
    Problems problems = project.problems();
    RunOptions options = RunOptions.defaults().given(RunForm.layers(extra, problems));
    var linter = new Linter(rules.looking(), rules.known());
    Sights sights =
        Inspector.inspect(project, options, Sights.wanted(rules.looking()), linter::see);
    linter.look(sights, problems);
    return linter.heed(problems.all(), sights.files(), rules.byId().keySet(), sights.whole());
  }

  private static ExitCode exit(List<Problem> found, boolean strict) {
    boolean wrong = found.stream().anyMatch(p -> strict || p.severity() == Problem.Severity.ERROR);
    return wrong ? ExitCode.INVALID_INPUT : ExitCode.OK;
  }
}
