package dev.hactl.engine.template;

import java.util.Optional;

/** Tells texts that need rendering from those that do not. */
final class Interpolation {
  private Interpolation() {}

  /** Whether FreeMarker has anything to do in a text. */
  static boolean dynamic(String text) {
    return text.contains("${") || text.contains("<#") || text.contains("<@");
  }

  /** The expression, when a text is exactly one <code>${...}</code>. */
  static Optional<String> single(String text) {
    if (!text.startsWith("${") || !text.endsWith("}")) {
      return Optional.empty();
    }
    int depth = 1;
    for (int i = 2; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = endOfString(text, i);
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i == text.length() - 1 ? Optional.of(text.substring(2, i)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static int endOfString(String text, int start) {
    boolean raw = start > 0 && text.charAt(start - 1) == 'r';
    for (int i = start + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && !raw) {
        i++;
      } else if (text.charAt(i) == text.charAt(start)) {
        return i;
      }
    }
    return text.length();
  }
}
