package dev.hactl.engine.module;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

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

  /** A text. */
  static Inline of(String text, boolean secret, String source) {
    return of(text.getBytes(StandardCharsets.UTF_8), secret, source);
  }

  /** Bytes. */
  static Inline of(byte[] bytes, boolean secret, String source) {
    try {
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      return new Inline(bytes, hash, secret, source);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
