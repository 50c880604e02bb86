package dev.hactl.modules.packages;

import java.util.List;

/** One transaction. */
sealed interface Request {
  /** Install or bring to another version. */
  record Install(List<String> specs) implements Request {}

  /** Bring installed packages to their newest version, install the missing ones. */
  record Newest(List<String> specs) implements Request {}

  /** Remove. */
  record Remove(List<String> specs) implements Request {}

  /**
   * Concerns the whole host.
   *
   * @param verb the tool's own: {@code upgrade}, {@code dist-upgrade}, {@code autoremove}
   */
  record Whole(String verb) implements Request {}

  /** The packages, empty for the whole host. */
  default List<String> operands() {
    return switch (this) {
      case Install i -> i.specs();
      case Newest n -> n.specs();
      case Remove r -> r.specs();
      case Whole w -> List.of();
    };
  }
}
