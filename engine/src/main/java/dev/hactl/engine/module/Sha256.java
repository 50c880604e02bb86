package dev.hactl.engine.module;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of bytes that come piece by piece, as 64 small hexadecimal digits. */
public final class Sha256 {
  private static final int PIECE = 64 << 10;

  private final MessageDigest digest;

  /** Of no bytes yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The hash of all that a stream brings; the stream stays open. */
  public static String of(InputStream in) throws IOException {
    var hash = new Sha256();
    var buffer = new byte[PIECE];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      hash.add(buffer, 0, n);
    }
    return hash.hex();
  }

  /** The hash of these bytes. */
  public static String of(byte[] bytes) {
    var hash = new Sha256();
    hash.add(bytes, 0, bytes.length);
    return hash.hex();
  }

  /** Takes the next bytes. */
  public void add(byte[] bytes, int from, int length) {
    digest.update(bytes, from, length);
  }

  /** The hash; after this nothing can be added. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
