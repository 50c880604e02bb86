package dev.hactl.engine.remote;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random names nobody can guess. */
final class Tokens {
  private Tokens() {}

  /** 24 hex digits. */
  static String next() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
