package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * {@code hactl completion}: the script that a shell reads once. It asks {@link CompleteCommand} for
 * the words, so it knows no command and no option and needs no update with them.
 */
final class CompletionCommand {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private CompletionCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    form().read(arguments, terminal).ifPresent(filled -> print(filled, terminal));
    return ExitCode.OK;
  }

  static Form form() {
    return new Form(Command.COMPLETION).choices("SHELL", "1", SHELLS, "bash or zsh.");
  }

  private static void print(Form.Filled filled, Terminal terminal) {
    String shell = filled.operands().getFirst();
    if (!SHELLS.contains(shell)) {
      throw filled.refused(
          "there is no completion for '" + shell + "'" + UsageError.hint(shell, SHELLS));
    }
    try (InputStream script = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
      terminal
          .out()
          .print(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
      terminal.out().flush();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
