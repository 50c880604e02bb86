package dev.hactl.engine.module;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file mode as a playbook writes it: octal digits, or symbolic clauses as in chmod(1).
 *
 * @param text as written
 */
public record Mode(String text) {
  private static final Pattern OCTAL = Pattern.compile("[0-7]{3,4}");
  private static final String ACTION = "([-+=])([ugo]|[rwxXst]*)";
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:" + ACTION + ")+)");
  private static final Pattern ONE_ACTION = Pattern.compile(ACTION);

  /** Reads a mode; throws {@link BadValue} when it is neither octal nor symbolic. */
  public static Mode parse(String text) {
    if (OCTAL.matcher(text).matches()) {
      return new Mode(text);
    }
    for (String clause : List.of(text.split(",", -1))) {
      if (!CLAUSE.matcher(clause).matches()) {
        throw new BadValue(
            "'" + text + "' is not a file mode",
            "write octal digits such as '0644', or symbols such as 'u=rw,go=r'");
      }
    }
    return new Mode(text);
  }

  /**
   * The four octal digits this mode makes of a file that has {@code current} (0644 or 0755 for a
   * new one).
   */
  public String applyTo(int current, boolean directory) {
    if (OCTAL.matcher(text).matches()) {
      return text.length() == 3 ? "0" + text : text;
    }
    int mode = current;
    for (String clause : List.of(text.split(",", -1))) {
      mode = apply(clause, mode, directory);
    }
    return digits(mode);
  }

  /** Four octal digits. */
  public static String digits(int mode) {
    String digits = Integer.toOctalString(mode & 07777);
    return "0".repeat(4 - digits.length()) + digits;
  }

  private static int apply(String clause, int mode, boolean directory) {
    Matcher m = CLAUSE.matcher(clause);
    if (!m.matches()) {
      throw new BadValue("'" + clause + "' is not a mode clause");
    }
    String who = m.group(1).isEmpty() || m.group(1).contains("a") ? "ugo" : m.group(1);
    Matcher actions = ONE_ACTION.matcher(m.group(2));
    int result = mode;
    while (actions.find()) {
      result = act(who, actions.group(1), actions.group(2), result, directory);
    }
    return result;
  }

  private static int act(String who, String operator, String letters, int mode, boolean directory) {
    int result = mode;
    for (int i = 0; i < who.length(); i++) {
      char c = who.charAt(i);
      int shift = c == 'u' ? 6 : c == 'g' ? 3 : 0;
      int special = c == 'u' ? 04000 : c == 'g' ? 02000 : 01000;
      char letter = c == 'o' ? 't' : 's';
      boolean named = letters.indexOf(letter) >= 0;
      int bits = (bits(letters, mode, directory) << shift) | (named ? special : 0);
      // As GNU chmod: '=' leaves the set-id bits of a directory alone unless it names them.
      boolean keeps = directory && c != 'o' && !named;
      int mask = (7 << shift) | (keeps ? 0 : special);
      result =
          switch (operator) {
            case "+" -> result | bits;
            case "-" -> result & ~bits;
            default -> (result & ~mask) | bits;
          };
    }
    return result;
  }

  private static int bits(String letters, int mode, boolean directory) {
    int bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      bits |=
          switch (c) {
            case 'r' -> 4;
            case 'w' -> 2;
            case 'x' -> 1;
            case 'X' -> directory || (mode & 0111) != 0 ? 1 : 0;
            case 'u' -> (mode >> 6) & 7;
            case 'g' -> (mode >> 3) & 7;
            case 'o' -> mode & 7;
            default -> 0;
          };
    }
    return bits;
  }
}
