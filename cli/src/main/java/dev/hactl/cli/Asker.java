package dev.hactl.cli;

import java.io.Console;
import java.util.Optional;

/** Somebody at a terminal who can be asked. */
interface Asker {

  /**
   * One line of an answer; empty when nobody answers any more.
   *
   * @param hidden whether it is typed unseen
   */
  Optional<String> ask(String prompt, boolean hidden);

  /** Who sits at the terminal; empty when there is none. */
  static Optional<Asker> here() {
    @SuppressWarnings("SystemConsoleNull") // nullable to NullAway, whatever newer JDKs return
    Console console = System.console();
    return console != null && console.isTerminal()
        ? Optional.of((prompt, hidden) -> line(console, prompt, hidden))
        : Optional.empty();
  }

  private static Optional<String> line(Console console, String prompt, boolean hidden) {
    if (!hidden) {
      return Optional.ofNullable(console.readLine("%s", prompt));
    }
    char[] typed = console.readPassword("%s", prompt);
    return Optional.ofNullable(typed).map(String::new);
  }
}
