package dev.hactl.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Bytes to put on a host; opened as often as a broken link needs it and never held in memory whole.
 *
 * @param size how many bytes
 * @param sha256 their hash in lower-case hex, when already known
 * @param source opens the bytes from the first one
 */
public record Upload(long size, Optional<String> sha256, Source source) {

  /** Opens the content. */
  @FunctionalInterface
  public interface Source {
    /** A fresh stream from the first byte; the caller closes it. */
    InputStream open() throws IOException;
  }

  /** Told how far an upload got. */
  @FunctionalInterface
  public interface Progress {
    /** Bytes that are on the host, of how many. */
    void at(long sent, long size);
  }
}
