package dev.hactl.modules.files;

import java.util.List;
import java.util.Optional;

/**
 * What stands where a file is to be put.
 *
 * @param at the destination as written
 * @param parent its directory
 * @param inside what stands in it under the file's own name, for a destination that is a directory
 */
record Landed(FileState at, FileState parent, Optional<FileState> inside) {

  static Landed of(List<FileState> states) {
    return new Landed(
        states.get(0),
        states.get(1),
        states.size() > 2 ? Optional.of(states.get(2)) : Optional.empty());
  }

  /** Whether the file goes into the destination. */
  private boolean within(Destination destination) {
    return inside.isPresent() && (destination.directory() || at.isDirectory());
  }

  /** What stands where the file goes in the end. */
  FileState target(Destination destination) {
    return within(destination) ? inside.orElseThrow() : at;
  }

  /** The directory it goes into. */
  FileState directory(Destination destination) {
    return within(destination) ? at : parent;
  }
}
