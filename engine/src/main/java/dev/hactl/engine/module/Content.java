package dev.hactl.engine.module;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The bytes of a file that is put on a host. */
public sealed interface Content {

  /** How many bytes. */
  long size();

  /** How much longer than usual a slow host may take to read or write this many bytes. */
  static Duration patience(long bytes) {
    return Duration.ofSeconds(bytes / (10L << 20));
  }

  /** SHA-256 in lower-case hexadecimal. */
  String sha256();

  /** Whether the bytes must not be shown. */
  boolean secret();

  /** Where they come from, for the diff; empty when nowhere special. */
  String source();

  /** Bytes held in memory: rendered templates, inline content, small files. */
  record Inline(byte[] bytes, String sha256, boolean secret, String source) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    /** The bytes as text. */
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** A file on the controller too large to hold in memory; streamed when it is needed. */
  record LocalFile(Path path, long size, String sha256, boolean secret, String source)
      implements Content {}

  /**
   * Contents one after the other, streamed when they are needed: a file that is made of others,
   * such as an archive.
   *
   * @param sha256 of the whole
   */
  record Joined(List<Content> pieces, long size, String sha256, boolean secret, String source)
      implements Content {
    /** Copies the list. */
    public Joined {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * The bytes from the first to the last. A file of the controller is opened only when it is its
   * turn.
   */
  default InputStream open() throws IOException {
    return switch (this) {
      case Inline i -> new ByteArrayInputStream(i.bytes());
      case LocalFile f -> new BufferedInputStream(Files.newInputStream(f.path()));
      case Joined j -> new JoinedStream(j.pieces());
    };
  }

  /** Puts contents together; reads all of them once for the hash of the whole. */
  static Joined join(List<Content> pieces, String source) throws IOException {
    var joined =
        new Joined(
            pieces,
            pieces.stream().mapToLong(Content::size).sum(),
            "",
            pieces.stream().anyMatch(Content::secret),
            source);
    try (InputStream in = joined.open()) {
      return new Joined(pieces, joined.size(), Sha256.of(in), joined.secret(), source);
    }
  }

  /** A text. */
  static Inline of(String text, boolean secret, String source) {
    return of(text.getBytes(StandardCharsets.UTF_8), secret, source);
  }

  /** Bytes. */
  static Inline of(byte[] bytes, boolean secret, String source) {
    String hash = Sha256.of(bytes);
    return new Inline(bytes, hash, secret, source);
  }
}
