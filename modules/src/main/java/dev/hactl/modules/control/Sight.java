package dev.hactl.modules.control;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.UnreadableAnswer;

/** What one look at a port or path came to; the host says it with an exit status. */
enum Sight {
  /** There, and with the text that was sought. */
  AS_SOUGHT,
  /** Not there. */
  ABSENT,
  /** There, but without the text that was sought. */
  OTHERWISE,
  /** The host has nothing to look with. */
  NO_TOOL;

  private static final int FIRST_STATUS = 10;

  /** The exit status that says this. */
  int status() {
    return FIRST_STATUS + ordinal();
  }

  /** Reads a host's answer. */
  static Sight of(Answer answer) {
    int index = answer.status() - FIRST_STATUS;
    if (index < 0 || index >= values().length) {
      throw new UnreadableAnswer("the look ended with status " + answer.status());
    }
    return values()[index];
  }
}
