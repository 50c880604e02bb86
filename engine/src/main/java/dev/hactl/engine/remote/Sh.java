package dev.hactl.engine.remote;

/** Quoting for POSIX shells. */
final class Sh {
  private Sh() {}

  /** One word that a shell reads as exactly this text. */
  static String quote(String text) {
    if (!text.isEmpty() && text.chars().allMatch(Sh::harmless)) {
      return text;
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static boolean harmless(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_-./:=@%+,".indexOf(c) >= 0;
  }
}
