package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.value.Secret;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks for passwords: without echo at a terminal, else one line of standard input each. */
final class Passwords {
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
    return Secret.of(line());
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
