package dev.hactl.modules.files;

import dev.hactl.engine.module.Sh;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A line of stat(1) about one path.
 *
 * @param target where it points when it is a link; empty for others, and for a link whose target
 *     this line cannot show unambiguously
 */
record StatLine(Stat stat, Optional<String> target) {

  /** The name comes last because it may hold anything, user names hold no colon. */
  private static final String FORMAT = "%f %s %Y %X %Z %i %h %d %b %o %u %g %U:%G:";

  private static final int NUMBERS = 12;

  /** A command that prints one line, with the target of a link, for each operand that exists. */
  static String command(String nonce, boolean follow) {
    return command(nonce, follow, "%N");
  }

  /** The same without targets. */
  static String plainCommand(String nonce, boolean follow) {
    return command(nonce, follow, "%n");
  }

  private static String command(String nonce, boolean follow, String name) {
    // GNU stat quotes names as this variable says; BusyBox has one way only.
    return "QUOTING_STYLE=literal stat "
        + (follow ? "-L " : "")
        + "-c "
        + Sh.quote(nonce + " " + FORMAT + name);
  }

  /**
   * A shell word: the name in a line of {@link #plainCommand} that a variable holds; the whole text
   * when it is no such line.
   */
  static String nameOf(String variable, String nonce) {
    return "${" + variable + "#\"" + nonce + " \"" + "*\" \"".repeat(NUMBERS) + "*:*:}";
  }

  /** Reads the line (one character a byte) if it is about the path. */
  static Optional<StatLine> read(String line, String nonce, String path) {
    String[] words = line.split(" ", NUMBERS + 2);
    if (words.length < NUMBERS + 2 || !words[0].equals(nonce)) {
      return Optional.empty();
    }
    String[] names = words[NUMBERS + 1].split(":", 3);
    if (names.length < 3) {
      return Optional.empty();
    }
    String name = names[2];
    String raw = latin(path);
    try {
      Stat stat = stat(words, names);
      if (stat.type() != 'l') {
        return name.equals(raw)
            ? Optional.of(new StatLine(stat, Optional.empty()))
            : Optional.empty();
      }
      return name.equals(raw)
          ? Optional.of(new StatLine(stat, Optional.empty()))
          : target(name, raw).map(t -> new StatLine(stat, t));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Nothing when the name is another one; an empty target when it cannot be told exactly. */
  private static Optional<Optional<String>> target(String name, String path) {
    String bare = path + " -> ";
    if (name.startsWith(bare)) {
      return Optional.of(Optional.of(utf8(name.substring(bare.length()))));
    }
    for (String quote : List.of("'", "`")) {
      String quoted = quote + path + "' -> " + quote;
      if (name.startsWith(quoted) && name.endsWith("'")) {
        String target = name.substring(quoted.length(), name.length() - 1);
        boolean exact = target.indexOf('\\') < 0 && target.indexOf('\'') < 0;
        return Optional.of(exact ? Optional.of(utf8(target)) : Optional.empty());
      }
    }
    return Optional.empty();
  }

  private static Stat stat(String[] words, String[] names) {
    int raw = Integer.parseInt(words[1], 16);
    var n = new long[NUMBERS];
    for (int i = 1; i < NUMBERS; i++) {
      n[i] = Long.parseLong(words[i + 1]);
    }
    return new Stat(
        raw & 07777,
        type(raw >> 12),
        n[1],
        n[2],
        n[3],
        n[4],
        n[5],
        n[6],
        n[7],
        n[8],
        n[9],
        n[10],
        n[11],
        utf8(names[0]),
        utf8(names[1]));
  }

  private static char type(int bits) {
    return switch (bits) {
      case 001 -> 'p';
      case 002 -> 'c';
      case 004 -> 'd';
      case 006 -> 'b';
      case 010 -> '-';
      case 012 -> 'l';
      case 014 -> 's';
      default -> '?';
    };
  }

  /** The bytes of a text, one character each. */
  static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Back again. */
  static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Whether stat(1) complained (in locale C) that nothing is there. */
  static boolean saysAbsent(String complaint) {
    return complaint.endsWith(": No such file or directory")
        || complaint.endsWith(": Not a directory");
  }
}
