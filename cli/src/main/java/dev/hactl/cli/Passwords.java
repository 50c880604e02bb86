package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.value.Secret;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks for passwords: without echo at a terminal, else one line of standard input each. */
final class Passwords {
  /** Ends with this where standard input is no terminal. */
  private static final int NO_TERMINAL = 9;

  /** Asks at a terminal while standard output goes elsewhere, where Java's console does not. */
  private static final String ASK =
      """
      [ -t 0 ] && saved=$(stty -g) || exit 9
      trap 'stty "$saved"' 0
      trap 'exit 130' 2 15
      stty -echo
      printf %s "$1" >&2
      IFS= read -r line
      printf '\\n' >&2
      printf %s "$line"
      """;

  private final Terminal terminal;

  Passwords(Terminal terminal) {
    this.terminal = terminal;
  }

  Secret ask(String prompt) {
    @SuppressWarnings("SystemConsoleNull") // nullable to NullAway, whatever newer JDKs return
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("%s", prompt);
      return Secret.of(typed == null ? "" : new String(typed));
    }
    return atTerminal(prompt).orElseGet(() -> Secret.of(line()));
  }

  private Optional<Secret> atTerminal(String prompt) {
    if (!(terminal.in() instanceof FileInputStream)) {
      return Optional.empty(); // not this process's own
    }
    try {
      Process ask =
          new ProcessBuilder("sh", "-c", ASK, "sh", prompt)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] typed = ask.getInputStream().readAllBytes();
      return ask.waitFor() == NO_TERMINAL
          ? Optional.empty()
          : Optional.of(Secret.of(new String(typed, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String line() {
    var bytes = new ByteArrayOutputStream();
    try {
      for (int b = terminal.in().read(); b >= 0 && b != '\n'; b = terminal.in().read()) {
        bytes.write(b);
      }
    } catch (IOException e) {
      throw new UsageError(
          "hactl: a password was to be read from standard input: " + e.getMessage());
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }
}
