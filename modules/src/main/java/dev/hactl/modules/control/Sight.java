package dev.hactl.modules.control;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.UnreadableAnswer;

/** What one look at a port or path came to; the host says it with an exit status. */
enum Sight {
  /** There, and with the text that was sought. */
  AS_SOUGHT(10),
  /** Not there. */
  ABSENT(11),
  /** There, but without the text that was sought. */
  OTHERWISE(12),
  /** The host has nothing to look with. */
  NO_TOOL(13);

  private final int status;

  Sight(int status) {
    this.status = status;
  }

  /** The exit status that says this. */
  int status() {
    return status;
  }

  /** Reads a host's answer. */
  static Sight of(Answer answer) {
    for (Sight sight : values()) {
      if (sight.status == answer.status()) {
        return sight;
      }
    }
    throw new UnreadableAnswer("the look ended with status " + answer.status());
  }
}
