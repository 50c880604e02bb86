package dev.hactl.engine.run;

import dev.hactl.engine.remote.Fragment;
import dev.hactl.engine.remote.Message;

/** The message that removes a note. */
final class Removal {
  private Removal() {}

  static Message of(Notes.Note note) {
    return Message.of(Fragment.step("note", Notes.remove(note)).leavingNothing());
  }
}
