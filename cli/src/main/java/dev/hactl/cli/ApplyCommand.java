package dev.hactl.cli;

import dev.hactl.cli.output.JsonOutput;
import dev.hactl.cli.output.Terminal;
import dev.hactl.cli.output.TextOutput;
import dev.hactl.engine.lint.Ignore;
import dev.hactl.engine.remote.Remote;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Reporter;
import dev.hactl.engine.report.Stepper;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunControl;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.run.Runner;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.vault.Keyring;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code hactl apply}, and {@code plan} and {@code check}, which are apply without the changes. */
final class ApplyCommand {
  private ApplyCommand() {}

  static ExitCode run(Command command, List<String> arguments, Terminal terminal) {
    return ApplyForm.read(command, arguments, terminal)
        .map(options -> run(command, options, terminal))
        .orElse(ExitCode.OK);
  }

  private static ExitCode run(Command command, ApplyOptions options, Terminal terminal) {
    boolean step = options.mode().step();
    Reporter output =
        switch (options.format()) {
          // Who is asked about each task wants to see how each one ended.
          case TEXT -> new TextOutput(terminal, Math.max(options.verbosity(), step ? 1 : 0));
          case JSON -> new JsonOutput(terminal);
        };
    return carry(
        command.word(),
        options,
        terminal,
        keyring ->
            Project.read(
                options.playbooks(),
                inventories(options),
                options.targets().programLimit(),
                AllModules::beside,
                keyring),
        output,
        step && options.mode().action() == ApplyOptions.Action.APPLY
            ? Optional.of(stepper(terminal))
            : Optional.empty());
  }

  private static Stepper stepper(Terminal terminal) {
    return TerminalStepper.here(terminal)
        .orElseThrow(() ->
            new UsageError(
                "hactl apply: --step asks at the terminal, and there is none; leave it out"));
  }

  /** The inventories as they were written. */
  static List<String> inventories(ApplyOptions options) {
    return options.targets().inventories().stream().map(Path::toString).toList();
  }

  /**
   * Does what the options ask for.
   *
   * @param word the command's name
   * @param reading reads what is to be run
   * @param output takes the events
   * @param stepper who is asked before each task, if somebody is
   */
  static ExitCode carry(
      String word,
      ApplyOptions options,
      Terminal terminal,
      Function<Keyring, Project> reading,
      Reporter output,
      Optional<Stepper> stepper) {
    if (options.targets().inventories().isEmpty()) {
      throw new UsageError("hactl " + word + ": which hosts? add -i INVENTORY");
    }
    if (options.mode().action() == ApplyOptions.Action.APPLY) {
      Remote.prepare();
    }
    Keyring keyring = VaultForm.keyring(options.vault(), terminal, System.getenv());
    try {
      Project project = reading.apply(keyring);
      RunOptions run = RunForm.of(options, terminal, project.problems());
      return switch (options.mode().action()) {
        case APPLY, CHECK ->
            execute(asked(project, run), run, output, new RunControl(stepper), terminal);
        case LIST_HOSTS -> list(project, () -> Listing.hosts(project, run), terminal);
        case LIST_TASKS -> list(project, () -> Listing.tasks(project, run), terminal);
        case LIST_TAGS -> list(project, () -> Listing.tags(project), terminal);
        case SYNTAX_CHECK -> check(project, run, terminal);
      };
    } catch (SourceException wrong) {
      complain(wrong.problems(), terminal);
      return ExitCode.INVALID_INPUT;
    }
  }

  /** With answers for all that the plays ask for; of a wrong playbook nobody is asked anything. */
  private static Project asked(Project project, RunOptions run) {
    return project.problems().hasErrors()
        ? project
        : new Prompts(Asker.here()).answered(project, run);
  }

  private static ExitCode execute(
      Project project, RunOptions run, Reporter output, RunControl control, Terminal terminal) {
    Signals.heed(control, terminal);
    try (var journal = Journal.open(run, System.getenv())) {
      var both = new Both(journal, output);
      return ExitCode.of(Runner.run(project, run, both, control, journal.run()));
    }
  }

  /** The journal and what the user reads. */
  private record Both(Reporter journal, Reporter output) implements Reporter {
    @Override
    public void report(Event event) {
      journal.report(event);
      output.report(event);
    }

    @Override
    public boolean showsResults() {
      return output.showsResults();
    }
  }

  private static ExitCode list(Project project, Supplier<List<String>> lines, Terminal terminal) {
    project.problems().throwIfErrors();
    lines.get().forEach(terminal.out()::println);
    return ExitCode.OK;
  }

  private static ExitCode check(Project project, RunOptions run, Terminal terminal) {
    Runner.check(project, run);
    Ignore.heeded(project.problems().warnings())
        .forEach(warning -> terminal.complain(warning.render()));
    terminal.say("no mistakes found");
    return ExitCode.OK;
  }

  /** Every problem once, then how many there are: the last line is what people read first. */
  private static void complain(List<Problem> problems, Terminal terminal) {
    problems.forEach(problem -> terminal.complain(problem.render()));
    long errors = problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    terminal.complain(
        "hactl: "
            + errors
            + (errors == 1 ? " error" : " errors")
            + "; nothing was connected or changed");
  }
}
