package dev.hactl.engine.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line as a message may quote it: what stands behind keys such as {@code ansible_password} is not
 * shown, for a mistake beside it is no reason to print it.
 *
 * @param text the line
 * @param caret where the place is in it, from 0
 * @param hidden what was taken out
 */
record QuotedLine(String text, int caret, List<String> hidden) {
  /** What stands for a value. */
  static final String MASK = "<secret>";

  private static final Pattern KEY = Pattern.compile("([A-Za-z_][\\w-]*)[\"']?\\s*([:=])\\s*");
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(^|[_-])(pass|passwd|password|passphrase|secret|token)s?");

  /** Words of a choice or a switch, which are no secrets. */
  private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "null", "~");

  private static final Set<String> NOT_SECRET =
      Set.of("ask_pass", "ask_become_pass", "ask_vault_password", "update_password");

  /** The line with the caret where the place is, or at what stands for it. */
  static QuotedLine of(String line, int column) {
    var text = new StringBuilder();
    var hidden = new ArrayList<String>();
    int caret = column;
    int from = 0;
    Matcher key = KEY.matcher(line);
    while (key.find(from)) {
      int begin = key.end();
      int end = end(line, begin, key.group(2).equals("="));
      boolean separated = key.group(2).equals("=") || begin > key.end(2) || begin == line.length();
      String value = line.substring(begin, end);
      if (!separated || !isSecret(key.group(1)) || isOpen(value) || isTime(key.group(1), value)) {
        text.append(line, from, begin);
        from = begin;
        continue;
      }
      text.append(line, from, begin);
      if (column >= end) {
        caret += MASK.length() - (end - begin);
      } else if (column > begin) {
        caret = text.length();
      }
      text.append(MASK);
      hidden.add(unquoted(line.substring(begin, end)));
      from = end;
    }
    return new QuotedLine(text.append(line.substring(from)).toString(), caret, hidden);
  }

  /** A message about the line, without what was taken out of it. */
  String safe(String message) {
    String safe = message;
    for (String value : hidden) {
      safe = value.length() < 2 ? safe : safe.replace(value, MASK);
    }
    return safe;
  }

  private static boolean isSecret(String key) {
    return SECRET.matcher(key).matches() && !NOT_SECRET.contains(key);
  }

  /** Corosync's token is a number of milliseconds. */
  private static boolean isTime(String key, String value) {
    return key.equals("token") && value.matches("[0-9]{1,6}");
  }

  /** An expression, an encrypted text or a switch tells nothing. */
  private static boolean isOpen(String value) {
    return value.isEmpty()
        || WORDS.contains(value)
        || value.contains("${")
        || value.contains("{{")
        || "!|>&*[{".indexOf(value.charAt(0)) >= 0;
  }

  private static int end(String line, int begin, boolean word) {
    if (begin == line.length()) {
      return begin;
    }
    char first = line.charAt(begin);
    if (first == '"' || first == '\'') {
      return closing(line, begin, first);
    }
    boolean inside = word || line.lastIndexOf('{', begin) >= 0;
    int end = begin;
    while (end < line.length() && !ends(line, end, word, inside)) {
      end++;
    }
    return begin + line.substring(begin, end).stripTrailing().length();
  }

  /** Behind the quote that closes; one that is doubled, or behind a backslash, does not. */
  private static int closing(String line, int begin, char quote) {
    for (int at = begin + 1; at < line.length(); at++) {
      char c = line.charAt(at);
      boolean skipped = quote == '"' ? c == '\\' : c == quote && line.startsWith("''", at);
      if (skipped) {
        at++;
      } else if (c == quote) {
        return at + 1;
      }
    }
    return line.length();
  }

  private static boolean ends(String line, int at, boolean word, boolean inside) {
    char c = line.charAt(at);
    return (word && Character.isWhitespace(c))
        || (inside && !word && (c == ',' || c == '}'))
        || (c == '#' && at > 0 && Character.isWhitespace(line.charAt(at - 1)));
  }

  private static String unquoted(String value) {
    char first = value.charAt(0);
    boolean quoted = value.length() > 1 && (first == '"' || first == '\'');
    return !quoted
        ? value
        : value.substring(
            1, value.charAt(value.length() - 1) == first ? value.length() - 1 : value.length());
  }
}
