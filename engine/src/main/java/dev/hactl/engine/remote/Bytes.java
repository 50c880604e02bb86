package dev.hactl.engine.remote;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable run of bytes as a host produced them; nothing says they are text. */
public final class Bytes {
  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] raw;

  private Bytes(byte[] raw) {
    this.raw = raw;
  }

  /** A copy of the array. */
  public static Bytes of(byte[] raw) {
    return raw.length == 0 ? EMPTY : new Bytes(raw.clone());
  }

  /** The UTF-8 form of a text. */
  public static Bytes utf8(String text) {
    return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the array over without a copy; the caller must not touch it again. */
  static Bytes owning(byte[] raw) {
    return raw.length == 0 ? EMPTY : new Bytes(raw);
  }

  /** How many bytes. */
  public int length() {
    return raw.length;
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return raw.length == 0;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return raw.clone();
  }

  /** The bytes as a stream. */
  public InputStream stream() {
    return new ByteArrayInputStream(raw);
  }

  /**
   * The bytes read as UTF-8; every byte that is not part of valid UTF-8 becomes {@code \xNN}, so
   * that nothing is lost or guessed.
   */
  public String text() {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(raw);
    CharBuffer out = CharBuffer.allocate(raw.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isUnderflow()) {
      return out.flip().toString();
    }
    StringBuilder text = new StringBuilder(raw.length + 16);
    while (true) {
      text.append(out.flip());
      out.clear();
      if (result.isUnderflow()) {
        return text.toString();
      }
      for (int i = 0; result.isError() && i < result.length(); i++) {
        text.append(String.format("\\x%02x", in.get()));
      }
      result = decoder.decode(in, out, true);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(raw, bytes.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return text();
  }
}
