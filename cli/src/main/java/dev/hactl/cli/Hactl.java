package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Picks the command from the first argument and turns every ending into an exit code.
 *
 * <p>The choice is made before any option is modelled, so that only the chosen command is paid for.
 */
final class Hactl {
  private Hactl() {}

  /** Runs one command line. */
  static ExitCode run(List<String> arguments, Terminal terminal) {
    return run(arguments, terminal, System.getenv());
  }

  /** The same in another environment. */
  static ExitCode run(List<String> arguments, Terminal terminal, Map<String, String> environment) {
    try {
      return dispatch(arguments, terminal, environment);
    } catch (UsageError wrong) {
      terminal.complain(wrong.line());
      return ExitCode.USAGE;
    } catch (SourceException problems) {
      problems.problems().forEach(problem -> terminal.complain(problem.render()));
      return ExitCode.INVALID_INPUT;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError defect) {
      terminal.complain("hactl: internal error: " + oneLine(defect));
      if (wantsStack(arguments)) {
        defect.printStackTrace(terminal.err());
      } else {
        terminal.complain(
            "hactl: this is a defect of hactl; please report it with the output of -vvv");
      }
      return ExitCode.INTERNAL;
    }
  }

  private static ExitCode dispatch(
      List<String> arguments, Terminal terminal, Map<String, String> environment) {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    return switch (first) {
      case "--version", "version" -> {
        terminal.say("hactl " + version() + ", Java " + Runtime.version());
        yield ExitCode.OK;
      }
      case "--help", "-h", "help" -> {
        terminal.out().print(help());
        yield ExitCode.OK;
      }
      case CompleteCommand.WORD ->
          CompleteCommand.run(arguments.subList(1, arguments.size()), terminal);
      case "" -> throw new UsageError("hactl: which command? " + String.join(" ", Command.words()));
      default -> run(command(first), arguments.subList(1, arguments.size()), terminal, environment);
    };
  }

  private static ExitCode run(
      Command command, List<String> arguments, Terminal terminal, Map<String, String> environment) {
    return switch (command) {
      case APPLY, PLAN, CHECK -> ApplyCommand.run(command, arguments, terminal);
      case EXEC -> ExecCommand.run(arguments, terminal);
      case LINT -> LintCommand.run(arguments, terminal, environment);
      case SHOW -> ShowCommand.run(arguments, terminal);
      case VARS -> VarsCommand.run(arguments, terminal);
      case INVENTORY -> InventoryCommand.run(arguments, terminal);
      case VAULT -> VaultCommand.run(arguments, terminal, environment);
      case CONFIG -> ConfigCommand.run(arguments, terminal, environment);
      case CONVERT -> ConvertCommand.run(arguments, terminal);
      case DOC -> DocCommand.run(arguments, terminal);
      case SCHEMA -> SchemaCommand.run(arguments, terminal);
      case COMPLETION -> CompletionCommand.run(arguments, terminal);
    };
  }

  private static Command command(String word) {
    if (word.startsWith("-")) {
      throw new UsageError("hactl: options come after the command: hactl COMMAND " + word + " ...");
    }
    return Command.named(word)
        .orElseThrow(() ->
            new UsageError(
                "hactl: unknown command '" + word + "'" + UsageError.hint(word, Command.words())));
  }

  private static String help() {
    var text = new StringBuilder("Usage: hactl COMMAND [OPTIONS]\n\n");
    for (Command command : Command.values()) {
      text.append("  %-11s%s%n".formatted(command.word(), command.summary()));
    }
    return text.append("\nhactl COMMAND --help lists the options of a command.\n").toString();
  }

  private static String oneLine(Throwable defect) {
    String message = String.valueOf(defect.getMessage()).lines().findFirst().orElse("");
    return defect.getClass().getSimpleName() + ": " + message;
  }

  /** Read from the raw arguments: the defect may lie in reading them. */
  private static boolean wantsStack(List<String> arguments) {
    return arguments.stream()
            .filter(argument -> argument.matches("-v+"))
            .mapToInt(argument -> argument.length() - 1)
            .sum()
        >= 3;
  }

  static String version() {
    try (InputStream text = Hactl.class.getResourceAsStream("version.txt")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
