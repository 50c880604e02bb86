package dev.hactl.engine.template;

/** Lines and columns of a text, both from 1, and offsets, from 0. */
final class Lines {
  private Lines() {}

  /** The offset of a place; the end of the text when it lies behind it. */
  static int offset(String text, int line, int column) {
    int from = 0;
    for (int i = 1; i < line; i++) {
      int end = text.indexOf('\n', from);
      if (end < 0) {
        return text.length();
      }
      from = end + 1;
    }
    return Math.min(text.length(), from + Math.max(0, column - 1));
  }

  static int line(String text, int offset) {
    return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
  }

  static int column(String text, int offset) {
    return offset - text.lastIndexOf('\n', offset - 1);
  }
}
