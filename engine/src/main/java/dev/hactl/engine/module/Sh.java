package dev.hactl.engine.module;

import java.util.List;
import java.util.stream.Collectors;

/** Writes words for a POSIX shell. */
public final class Sh {
  private Sh() {}

  /** A word that the shell reads back as exactly this text. */
  public static String quote(String text) {
    if (!text.isEmpty() && text.chars().allMatch(Sh::plain)) {
      return text;
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Words separated by blanks. */
  public static String words(List<String> words) {
    return words.stream().map(Sh::quote).collect(Collectors.joining(" "));
  }

  private static boolean plain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "/._-+:,@%".indexOf(c) >= 0;
  }
}
