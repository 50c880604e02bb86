package dev.hactl.engine.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The keys that a password and a salt come to: PBKDF2 (RFC 8018) with HMAC-SHA256, 10,000 rounds,
 * 80 bytes. The first 32 encrypt, the next 32 authenticate, the last 16 begin the counter.
 *
 * <p>Worked out with the digest itself: the JDK's PBKDF2 and Mac take half as long again with the
 * compiler that hactl runs with, and take passwords as characters, while a password file may hold
 * any bytes.
 */
record VaultKeys(byte[] encryption, byte[] authentication, byte[] counter) {
  private static final int ROUNDS = 10_000;
  private static final int DIGEST = 32;
  private static final int BLOCK = 64;

  static VaultKeys of(byte[] password, byte[] salt) {
    try {
      byte[] all = pbkdf2(password, salt);
      return new VaultKeys(
          Arrays.copyOfRange(all, 0, 32),
          Arrays.copyOfRange(all, 32, 64),
          Arrays.copyOfRange(all, 64, 80));
    } catch (NoSuchAlgorithmException | CloneNotSupportedException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] pbkdf2(byte[] password, byte[] salt)
      throws NoSuchAlgorithmException, CloneNotSupportedException {
    MessageDigest inner = keyed(password, 0x36);
    MessageDigest outer = keyed(password, 0x5c);
    byte[] all = new byte[3 * DIGEST];
    for (int block = 0; block < 3; block++) {
      byte[] first = Arrays.copyOf(salt, salt.length + 4);
      first[first.length - 1] = (byte) (block + 1);
      byte[] round = hmac(inner, outer, first);
      byte[] sum = round.clone();
      for (int i = 1; i < ROUNDS; i++) {
        round = hmac(inner, outer, round);
        for (int j = 0; j < DIGEST; j++) {
          sum[j] ^= round[j];
        }
      }
      System.arraycopy(sum, 0, all, block * DIGEST, DIGEST);
    }
    return all;
  }

  /** HMAC-SHA256 (RFC 2104). */
  static byte[] hmac(byte[] key, byte[] text) {
    try {
      return hmac(keyed(key, 0x36), keyed(key, 0x5c), text);
    } catch (NoSuchAlgorithmException | CloneNotSupportedException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(MessageDigest inner, MessageDigest outer, byte[] text)
      throws CloneNotSupportedException {
    var in = (MessageDigest) inner.clone();
    var out = (MessageDigest) outer.clone();
    out.update(in.digest(text));
    return out.digest();
  }

  /** A digest that has taken in the key, each byte changed by {@code pad}. */
  private static MessageDigest keyed(byte[] key, int pad) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] block = Arrays.copyOf(key.length > BLOCK ? digest.digest(key) : key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      block[i] ^= (byte) pad;
    }
    digest.update(block);
    return digest;
  }
}
