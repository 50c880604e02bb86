package dev.hactl.modules.files;

import java.util.Optional;

/**
 * What the file module is asked for.
 *
 * @param path where
 * @param state what is wanted there; empty for whatever is there
 * @param source where a link points, or the other name of a hard link
 * @param ownership attributes
 * @param force replace something else by a link, or link to what does not exist yet
 * @param follow look through a symbolic link at the path
 * @param recurse attributes hold for everything below too
 * @param modification time of last modification
 * @param access time of last access
 */
record FileWish(
    String path,
    Optional<State> state,
    Optional<String> source,
    Ownership ownership,
    boolean force,
    boolean follow,
    boolean recurse,
    FileTime modification,
    FileTime access) {

  /** What can be wanted. */
  enum State {
    ABSENT,
    DIRECTORY,
    FILE,
    HARD,
    LINK,
    TOUCH
  }

  boolean wants(State wanted) {
    return state.filter(s -> s == wanted).isPresent();
  }

  /** Where a link leads: its target may be relative to its directory. */
  String sourcePath() {
    String written = source.orElseThrow();
    return written.startsWith("/")
        ? written
        : new Destination(Destination.parent(path), true).inside(written);
  }
}
