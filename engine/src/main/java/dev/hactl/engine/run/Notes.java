package dev.hactl.engine.run;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run leaves on a host so that a later one can finish its work: handlers that were notified
 * and did not run yet, and objects whose change is not atomic and was begun. Written before the
 * change, removed after.
 */
final class Notes {
  private Notes() {}

  /** Root's notes survive a reboot in /var/lib; others keep theirs at home. */
  private static final String FOLDER =
      "if [ -w /var/lib ]; then H=/var/lib/hactl; else H=$HOME/.local/state/hactl; fi\n";

  /** What a note is about. */
  enum Kind {
    HANDLER("handlers"),
    INTENT("intents");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }
  }

  /**
   * A note.
   *
   * @param about the handler's name, or the object
   * @param playbook which playbook's play it is of
   * @param task the task that wrote it
   * @param run the run that wrote it
   */
  record Note(Kind kind, String about, String playbook, String task, String run) {
    /** The handler it is about. */
    Owed owed() {
      return new Owed(playbook, about);
    }

    private String file() {
      return kind.folder
          + "/"
          + Content.of(playbook + "\n" + about, false, "").sha256().substring(0, 16);
    }
  }

  /**
   * A handler that has to run: those of two plays are different ones, whatever their names.
   *
   * @param play what {@link Note#playbook} says
   */
  record Owed(String play, String handler) {}

  /** Text that writes a note; fails when it cannot. */
  static String write(Note note) {
    String file = note.file();
    return FOLDER
        + "umask 077; [ -d \"$H/"
        + note.kind.folder
        + "\" ] || mkdir -p \"$H/"
        + note.kind.folder
        + "\" || exit 1\n"
        + "printf '%s\\n' "
        + Sh.words(
            List.of(
                oneLine(note.about), oneLine(note.playbook), oneLine(note.task), oneLine(note.run)))
        + " > \"$H/"
        + file
        + "\" || exit 1\n";
  }

  /** Text that removes a note. */
  static String remove(Note note) {
    return FOLDER + "rm -f \"$H/" + note.file() + "\"\n";
  }

  /** Everything that was left behind. Costs no process when there is nothing. */
  static Probe<List<Note>> read() {
    return Probe.sh(
        FOLDER
            + "for K in handlers intents; do for F in \"$H/$K\"/*; do [ -f \"$F\" ] || continue\n"
            + "{ IFS= read -r A; IFS= read -r B; IFS= read -r C; IFS= read -r D; } < \"$F\"\n"
            + "printf '%s\\n' \"$K\" \"$A\" \"$B\" \"$C\" \"$D\"; done; done",
        Notes::parse);
  }

  private static List<Note> parse(Answer answer) {
    List<String> lines = answer.raw().lines().toList();
    var notes = new ArrayList<Note>();
    for (int i = 0; i + 4 < lines.size(); i += 5) {
      Kind kind = lines.get(i).equals("handlers") ? Kind.HANDLER : Kind.INTENT;
      notes.add(
          new Note(kind, lines.get(i + 1), lines.get(i + 2), lines.get(i + 3), lines.get(i + 4)));
    }
    return notes;
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }
}
