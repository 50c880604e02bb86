package dev.hactl.cli.output;

/**
 * Text from a host made harmless to print: a control character could move the cursor, change a
 * title or hide what stands before it.
 */
final class Visible {
  private Visible() {}

  /** The line with control characters written out, as in {@code \\x1b}; tabs stay. */
  static String line(String text) {
    if (text.chars().noneMatch(Visible::hidden)) {
      return text;
    }
    var visible = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (hidden(c)) {
            visible.append(String.format("\\x%02x", c));
          } else {
            visible.append((char) c);
          }
        });
    return visible.toString();
  }

  private static boolean hidden(int c) {
    return c != '\t' && Character.isISOControl(c);
  }
}
