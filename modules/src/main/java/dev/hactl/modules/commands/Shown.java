package dev.hactl.modules.commands;

/** Cuts commands to one line of an operator's terminal. */
final class Shown {
  private static final int WIDTH = 120;

  private Shown() {}

  /** The first line that says something, shortened; dots stand for what is left out. */
  static String line(String text) {
    String stripped = text.strip();
    int end = stripped.indexOf('\n');
    String first = end < 0 ? stripped : stripped.substring(0, end).stripTrailing();
    boolean cut = first.length() > WIDTH;
    return (cut ? first.substring(0, WIDTH) : first) + (cut || end >= 0 ? " ..." : "");
  }
}
