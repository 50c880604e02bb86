package dev.hactl.modules.contract;

/**
 * A moment at which a run loses its connection: before the n-th program that its jobs start, of
 * those whose name and words are like a pattern of the shell.
 */
record Cut(int nth, String pattern) {
  private static final String ANY = "*";

  /** Before the n-th program, whichever it is. */
  static Cut before(int nth) {
    return new Cut(nth, ANY);
  }

  /** Before the n-th program that begins with these words. */
  static Cut before(int nth, String words) {
    return new Cut(nth, words.replaceAll("([\\[\\]*?\\\\])", "\\\\$1") + ANY);
  }

  /** Whether each run of the same kind has it: others count programs that may vary. */
  boolean sure() {
    return !pattern.equals(ANY);
  }

  @Override
  public String toString() {
    return pattern.equals(ANY)
        ? "cut before program " + nth
        : "cut before the program '" + pattern + "' for the time " + nth;
  }
}
