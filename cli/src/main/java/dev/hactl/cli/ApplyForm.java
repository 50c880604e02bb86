package dev.hactl.cli;

import dev.hactl.cli.ApplyOptions.Action;
import dev.hactl.cli.ApplyOptions.Format;
import dev.hactl.cli.ApplyOptions.Mode;
import dev.hactl.cli.ApplyOptions.Selection;
import dev.hactl.cli.ApplyOptions.Targets;
import dev.hactl.cli.Form.Filled;
import dev.hactl.cli.output.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of {@code hactl apply} and {@code hactl plan}, named as users of Ansible type
 * it.
 */
final class ApplyForm {
  private static final int DEFAULT_FORKS = 50;
  private static final int DEFAULT_LIMIT = 60;

  /** What {@code --output} takes. */
  static final List<String> FORMATS = List.of("text", "json");

  private ApplyForm() {}

  /** Reads the arguments after the command's name; empty when they asked for help. */
  static Optional<ApplyOptions> read(Command command, List<String> arguments, Terminal terminal) {
    return form(command).read(arguments, terminal).map(filled -> options(command, filled));
  }

  static Form form(Command command) {
    var form = new Form(command);
    form.operands("PLAYBOOK", "1..*", "Playbooks, run in this order.");
    where(form)
        .values("TAGS", "Only tasks with one of these tags.", "-t", "--tags")
        .values("TAGS", "No tasks with one of these tags.", "--skip-tags")
        .value("TASK", "Begin with the task of this name.", "--start-at-task")
        .values("VARS", "Variables: key=value, YAML or JSON text, or @FILE.", "-e", "--extra-vars")
        .values("FILE", "Variables from a file, all of them secret.", "--secret-vars");
    form.flag("Predict, touch nothing.", "-C", "--check")
        .flag("Show what changes inside files.", "-D", "--diff")
        .flag("Exit 10 when changes are pending (with --check).", "--detailed-exitcode")
        .flag("Run handlers that were notified also where a host failed.", "--force-handlers")
        .values("WHAT", "Consent: 'disruptive', or the token of an object to destroy.", "--allow");
    if (command == Command.APPLY) {
      form.flag("Ask before each task whether to do it.", "--step");
    } else {
      form.misplaced("--step");
    }
    form.flag("List the hosts and stop.", "--list-hosts")
        .flag("List the tasks and stop.", "--list-tasks")
        .flag("List the tags and stop.", "--list-tags")
        .flag("Check the files and stop.", "--syntax-check");
    return how(LoginForm.add(VaultForm.add(form)));
  }

  /** Adds where hosts are listed. */
  static Form inventory(Form form) {
    return form.values(
            "INVENTORY",
            "Inventory file, folder or program, or hosts as in db1,db2; repeatable.",
            "-i",
            "--inventory")
        .value(
            "SECONDS",
            "How long an inventory program may take (" + DEFAULT_LIMIT + ").",
            "--inventory-timeout");
  }

  /** How long an inventory program may take. */
  static Duration programLimit(Filled form) {
    return Duration.ofSeconds(form.positive("--inventory-timeout", DEFAULT_LIMIT));
  }

  /** Adds which hosts. */
  static Form where(Form form) {
    return inventory(form)
        .value(
            "PATTERN",
            "Only these hosts and groups, as in db1,web,!web3; @failed: those of the last run.",
            "-l",
            "--limit");
  }

  /** Adds how fast and how loud. */
  static Form how(Form form) {
    return form.value("N", "Hosts at the same time (" + DEFAULT_FORKS + ").", "-f", "--forks")
        .choice("FORMAT", FORMATS, "text or json.", "--output")
        .counter("Say more; -vv and -vvv even more.", "-v", "--verbose");
  }

  /** Which hosts were asked for. */
  static Targets targets(Filled form) {
    return new Targets(
        form.paths("--inventory"),
        form.value("--limit"),
        form.positive("--forks", DEFAULT_FORKS),
        programLimit(form));
  }

  private static ApplyOptions options(Command command, Filled form) {
    return new ApplyOptions(
        form.operands().stream().map(Path::of).toList(),
        targets(form),
        new Selection(
            form.listed("--tags"), form.listed("--skip-tags"), form.value("--start-at-task")),
        extraVars(form),
        mode(command, form),
        LoginForm.read(form),
        VaultForm.read(form),
        Set.copyOf(form.listed("--allow")),
        format(form),
        form.count("--verbose"));
  }

  /** The variables of the command line. */
  static List<ExtraVars> extraVars(Filled form) {
    var vars = new ArrayList<ExtraVars>();
    form.paths("--secret-vars").forEach(file -> vars.add(new ExtraVars.SecretVarsFile(file)));
    form.values("--extra-vars").forEach(text -> vars.addAll(ExtraVarsText.parse(text, form)));
    return List.copyOf(vars);
  }

  private static Mode mode(Command command, Filled form) {
    boolean check = command != Command.APPLY || form.flag("--check");
    boolean detailed = form.flag("--detailed-exitcode");
    if (detailed && !check) {
      throw form.refused("--detailed-exitcode tells about pending changes; add --check");
    }
    Action action = action(form, check);
    boolean step = form.flag("--step");
    if (step && action == Action.CHECK) {
      throw form.refused(
          command == Command.APPLY
              ? "--step asks before each task is done, and --check does none; leave one of them out"
              : "--step asks before each task is done, and "
                  + command.word()
                  + " does none; it is for hactl apply");
    }
    return new Mode(action, form.flag("--diff"), detailed, form.flag("--force-handlers"), step);
  }

  private static Action action(Filled form, boolean check) {
    if (form.flag("--syntax-check")) {
      return Action.SYNTAX_CHECK;
    }
    if (form.flag("--list-hosts")) {
      return Action.LIST_HOSTS;
    }
    if (form.flag("--list-tasks")) {
      return Action.LIST_TASKS;
    }
    if (form.flag("--list-tags")) {
      return Action.LIST_TAGS;
    }
    return check ? Action.CHECK : Action.APPLY;
  }

  static Format format(Filled form) {
    String name = form.value("--output").orElse("text");
    return switch (name) {
      case "text" -> Format.TEXT;
      case "json" -> Format.JSON;
      default ->
          throw form.refused("unknown format '" + name + "'" + UsageError.hint(name, FORMATS));
    };
  }
}
