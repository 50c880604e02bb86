package dev.hactl.modules.packages;

/**
 * What a transaction does to one package.
 *
 * @param kind what happens
 * @param name without architecture
 * @param before the version now, empty when there is none
 * @param after the version then, empty when there is none
 */
record Move(Kind kind, String name, String before, String after) {
  /** What happens to a package. */
  enum Kind {
    INSTALL,
    UPGRADE,
    DOWNGRADE,
    REINSTALL,
    REMOVE,
    PURGE;

    boolean removes() {
      return this == REMOVE || this == PURGE;
    }
  }
}
