package dev.hactl.engine.template;

/** Finds where brackets and quotes end. */
final class Brackets {
  private Brackets() {}

  /**
   * Where the bracket that opens at an offset closes; strings in between are not looked into.
   *
   * @return {@code end} when it does not close before
   */
  static int close(String text, int open, int end) {
    int depth = 0;
    for (int i = open; i < end; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = endOfString(text, i, end);
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if ((c == ')' || c == ']' || c == '}') && --depth == 0) {
        return i;
      }
    }
    return end;
  }

  /** Where the string that begins at an offset ends; {@code end} when it does not. */
  static int endOfString(String text, int start, int end) {
    boolean raw = start > 0 && text.charAt(start - 1) == 'r';
    for (int i = start + 1; i < end; i++) {
      if (text.charAt(i) == '\\' && !raw) {
        i++;
      } else if (text.charAt(i) == text.charAt(start)) {
        return i;
      }
    }
    return end;
  }

  /** Where the tag that begins at an offset ends: at the first {@code >} outside of brackets. */
  static int endOfTag(String text, int start) {
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = endOfString(text, i, text.length());
      } else if (c == '(' || c == '[' || c == '{') {
        i = close(text, i, text.length());
      } else if (c == '>') {
        return i;
      }
    }
    return text.length();
  }
}
