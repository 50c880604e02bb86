package dev.hactl.modules.control;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in the common syntax, translated for {@code grep -E} (POSIX extended regular
 * expressions, XBD 9.4), because the host looks for it. Only whether something matches counts, so
 * lazy repetition and the names of groups make no difference and are dropped.
 *
 * @param text as written
 * @param extended the same for grep
 * @param ignoreCase whether it begins with {@code (?i)}
 */
record SearchPattern(String text, String extended, boolean ignoreCase) {

  /** The type of such an expression. */
  static final Type.Plain<SearchPattern> TYPE =
      Types.NAME.map("regular expression", SearchPattern::of);

  private static final Map<Character, String> CLASSES =
      Map.of(
          'd', "[0-9]",
          'D', "[^0-9]",
          's', "[[:space:]]",
          'S', "[^[:space:]]",
          'w', "[[:alnum:]_]",
          'W', "[^[:alnum:]_]",
          't', "\t");

  private static final Map<Character, String> IN_BRACKETS =
      Map.of('d', "0-9", 's', "[:space:]", 'w', "[:alnum:]_", 't', "\t");

  /**
   * Reads an expression.
   *
   * @throws BadValue for what is no expression, or cannot be said to grep
   */
  static SearchPattern of(String written) {
    boolean ignoreCase = written.startsWith("(?i)");
    String text = ignoreCase ? written.substring(4) : written;
    try {
      Pattern.compile(text.replace("(?P<", "(?<"));
    } catch (PatternSyntaxException e) {
      throw new BadValue("not a regular expression: " + e.getDescription());
    }
    if (text.indexOf('\n') >= 0) {
      throw new BadValue("an expression is looked for line by line, it cannot hold a line break");
    }
    return new SearchPattern(written, new Translation(text).extended(), ignoreCase);
  }

  /** Walks over the text once. */
  private static final class Translation {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    Translation(String text) {
      this.text = text;
    }

    String extended() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        switch (c) {
          case '\\' -> out.append(escaped());
          case '[' -> brackets();
          case '(' -> group();
          case '*', '+', '?', '}' -> {
            out.append(c);
            if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == '+')) {
              at++;
            }
          }
          default -> out.append(c);
        }
      }
      return out.toString();
    }

    private String escaped() {
      char c = text.charAt(at++);
      String known = CLASSES.get(c);
      if (known != null) {
        return known;
      }
      if (Character.isLetterOrDigit(c) && c != 'b' && c != 'B') {
        throw new BadValue(
            "'\\" + c + "' cannot be looked for on a host",
            "grep -E there knows \\d \\s \\w \\b and their opposites");
      }
      return "\\" + c;
    }

    private void group() {
      out.append('(');
      if (at >= text.length() || text.charAt(at) != '?') {
        return;
      }
      if (text.startsWith("?:", at)) {
        at += 2;
      } else if (text.startsWith("?P<", at)
          || (text.startsWith("?<", at)
              && !text.startsWith("?<=", at)
              && !text.startsWith("?<!", at))) {
        at = text.indexOf('>', at) + 1;
      } else {
        throw new BadValue(
            "'(?' cannot be looked for on a host", "grep -E knows no look-ahead and no options");
      }
    }

    private void brackets() {
      out.append('[');
      if (at < text.length() && text.charAt(at) == '^') {
        out.append(text.charAt(at++));
      }
      boolean first = true;
      boolean dash = false;
      while (at < text.length() && (first || text.charAt(at) != ']')) {
        char c = text.charAt(at++);
        first = false;
        if (c != '\\') {
          out.append(c);
          continue;
        }
        char next = text.charAt(at++);
        String known = IN_BRACKETS.get(next);
        if ((known == null && Character.isLetterOrDigit(next)) || next == ']' || next == '^') {
          throw new BadValue(
              "'\\" + next + "' in brackets cannot be looked for on a host",
              next == ']' ? "put ']' first in the brackets" : "write the characters themselves");
        }
        if (next == '-') {
          dash = true; // grep takes a dash literally only at the end
        } else {
          out.append(known == null ? String.valueOf(next) : known);
        }
      }
      at++;
      out.append(dash ? "-]" : "]");
    }
  }
}
