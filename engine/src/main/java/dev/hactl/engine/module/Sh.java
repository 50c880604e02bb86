package dev.hactl.engine.module;

import java.util.List;
import java.util.stream.Collectors;

/** Writes words for a POSIX shell. */
public final class Sh {
  private Sh() {}

  /** A word that the shell reads back as exactly this text. */
  public static String quote(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length() && plain; i++) {
      plain = plain(text.charAt(i));
    }
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Words separated by blanks. */
  public static String words(List<String> words) {
    return words.stream().map(Sh::quote).collect(Collectors.joining(" "));
  }

  /**
   * A command that reads a text on a descriptor. The text stands in a here-document, so it is in no
   * program's words, which every user of a host can read, in no shell.
   *
   * @param command without the line's end
   * @param text without zero bytes; a line break is added at its end if it has none
   */
  public static String fed(String command, int descriptor, String text) {
    // A text cannot hold its own hash.
    String end = "HACTL_" + Content.of(text, false, "").sha256().substring(0, 20);
    return "%s %d<<'%s'\n".formatted(command, descriptor, end)
        + text
        + (text.endsWith("\n") ? "" : "\n")
        + end
        + "\n";
  }

  private static boolean plain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "/._-+:,@%".indexOf(c) >= 0;
  }
}
