package dev.hactl.engine.remote;

/** Sees output while it arrives, for {@code -v}. Called on the reader's thread: must not block. */
@FunctionalInterface
public interface OutputListener {

  /** Which of the two streams. */
  enum Stream {
    OUT,
    ERR
  }

  /**
   * A piece of output.
   *
   * @param fragment the fragment that wrote it
   * @param stream where it wrote
   * @param piece the bytes, cut anywhere
   */
  void output(Fragment fragment, Stream stream, Bytes piece);
}
