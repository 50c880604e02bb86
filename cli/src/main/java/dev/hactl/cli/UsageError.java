package dev.hactl.cli;

import dev.hactl.engine.source.Near;
import java.util.Collection;

/** The command line is wrong; the message is one line for the person who typed it. */
final class UsageError extends RuntimeException {
  private final String line;

  UsageError(String line) {
    super(line, null, false, false);
    this.line = line;
  }

  /** Ends a line about a wrong name: empty, or "; did you mean 'x'?". */
  static String hint(String wrong, Collection<String> known) {
    return Near.hint(wrong, known).map(question -> "; " + question).orElse("");
  }

  String line() {
    return line;
  }
}
