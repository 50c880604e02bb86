package dev.hactl.cli;

import dev.hactl.cli.ApplyOptions.Action;
import dev.hactl.cli.ApplyOptions.Format;
import dev.hactl.cli.ApplyOptions.Mode;
import dev.hactl.cli.ApplyOptions.Selection;
import dev.hactl.cli.ApplyOptions.Targets;
import dev.hactl.cli.output.ExecOutput;
import dev.hactl.cli.output.JsonOutput;
import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Reporter;
import dev.hactl.engine.run.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code hactl exec PATTERN -m MODULE -a ARGUMENTS}: one task without a playbook. It goes the way
 * of every task: checked before a connection, foretold, locked, done, looked at again.
 */
final class ExecCommand {
  /** Stands for the playbook: beside it are files, templates, roles and modules. */
  private static final Path NAME = Path.of("exec");

  private ExecCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    return form()
        .read(arguments, terminal)
        .map(filled -> run(filled, terminal))
        .orElse(ExitCode.OK);
  }

  static Form form() {
    var form = new Form(Command.EXEC);
    form.operands("PATTERN", "1", "The hosts and groups, as in all, db1,web or 'web:!web3'.")
        .value("MODULE", "What to call (command).", "-m", "--module-name")
        .value(
            "ARGUMENTS",
            "Its arguments: name=value words, the text of a command, or a YAML mapping.",
            "-a",
            "--args");
    ApplyForm.where(form)
        .values("VARS", "Variables: key=value, YAML or JSON text, or @FILE.", "-e", "--extra-vars")
        .values("FILE", "Variables from a file, all of them secret.", "--secret-vars");
    form.flag("Predict, touch nothing.", "-C", "--check")
        .flag("Show what changes inside files.", "-D", "--diff")
        .flag("Exit 10 when changes are pending (with --check).", "--detailed-exitcode")
        .values("WHAT", "Consent: 'disruptive', or the token of an object to destroy.", "--allow")
        .value(
            "HOSTS",
            "The hosts that must be there: 'all' (the default), 'any', or names.",
            "--needs")
        .flag("List the hosts and stop.", "--list-hosts")
        .flag("One line for each host.", "-o", "--one-line");
    LoginForm.add(VaultForm.add(form))
        .value("USER", "Work as this user; says -b too.", "--become-user");
    return ApplyForm.how(form);
  }

  private static ExitCode run(Form.Filled filled, Terminal terminal) {
    ApplyOptions options = options(filled);
    if (filled.operands().size() > 1) {
      throw filled.refused(
          "one pattern names the hosts: write '" + String.join(",", filled.operands()) + "'");
    }
    if (filled.flag("--one-line") && options.format() == Format.JSON) {
      throw filled.refused("--one-line is a form of text; leave out --output json");
    }
    var play =
        new ExecPlay(
            filled.operands().getFirst(),
            filled.value("--module-name"),
            filled.value("--args").orElse(""),
            filled.value("--become-user"),
            filled.value("--needs").stream()
                .flatMap(n -> Stream.of(n.split(",")))
                .map(String::strip)
                .toList(),
            options.mode().action().connects());
    Reporter output =
        switch (options.format()) {
          case TEXT -> new ExecOutput(terminal, options.verbosity(), filled.flag("--one-line"));
          case JSON -> withResults(new JsonOutput(terminal));
        };
    return ApplyCommand.carry(
        "exec",
        options,
        terminal,
        keyring ->
            Project.adHoc(
                NAME,
                play,
                ApplyCommand.inventories(options),
                options.targets().programLimit(),
                AllModules::beside,
                keyring),
        output,
        Optional.empty());
  }

  private static Reporter withResults(Reporter output) {
    return new Reporter() {
      @Override
      public void report(Event event) {
        output.report(event);
      }

      @Override
      public boolean showsResults() {
        return true;
      }
    };
  }

  private static ApplyOptions options(Form.Filled form) {
    boolean check = form.flag("--check");
    if (form.flag("--detailed-exitcode") && !check) {
      throw form.refused("--detailed-exitcode tells about pending changes; add --check");
    }
    Action action =
        form.flag("--list-hosts") ? Action.LIST_HOSTS : check ? Action.CHECK : Action.APPLY;
    Targets targets = ApplyForm.targets(form);
    return new ApplyOptions(
        List.of(NAME),
        targets,
        new Selection(List.of(), List.of(), Optional.empty()),
        ApplyForm.extraVars(form),
        new Mode(action, form.flag("--diff"), form.flag("--detailed-exitcode"), false, false),
        LoginForm.read(form),
        VaultForm.read(form),
        Set.copyOf(form.listed("--allow")),
        ApplyForm.format(form),
        form.count("--verbose"));
  }
}
