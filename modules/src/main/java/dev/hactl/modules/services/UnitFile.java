package dev.hactl.modules.services;

/**
 * A unit file of the administrator's.
 *
 * @param link whether it is a symbolic link
 * @param permissions as {@code ls -l} prints them
 * @param owner numeric user and group
 * @param sha256 of its content; empty when it could not be read
 */
record UnitFile(boolean link, String permissions, String owner, String sha256) {
  private static final String PLAIN = "-rw-r--r--";

  static UnitFile parse(String line, String sha256) {
    String[] words = line.split(" +", 5);
    // GNU ls marks an ACL or a security context with one more character
    String permissions = words[0].substring(0, Math.min(10, words[0].length()));
    return new UnitFile(
        line.startsWith("l"),
        permissions,
        words.length > 3 ? words[2] + ":" + words[3] : "",
        sha256);
  }

  /** Whether it is root's and everybody may read it, as systemd wants unit files. */
  boolean plain() {
    return permissions.equals(PLAIN) && owner.equals("0:0");
  }
}
