package dev.hactl.engine.vault;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Ansible's {@code AES256}: AES-256 in counter mode over a padded text, and an HMAC over that. */
final class VaultCipher {
  private static final int BLOCK = 16;

  private VaultCipher() {}

  /** The text in an envelope; empty when the HMAC says that the keys are not its own. */
  static Optional<byte[]> open(Envelope envelope, VaultKeys keys) {
    byte[] hmac = VaultKeys.hmac(keys.authentication(), envelope.encrypted());
    if (!MessageDigest.isEqual(hmac, envelope.hmac())) {
      return Optional.empty();
    }
    byte[] padded = aes(envelope.encrypted(), keys);
    int padding = padded[padded.length - 1] & 0xff;
    return padding == 0 || padding > BLOCK
        ? Optional.empty()
        : Optional.of(Arrays.copyOf(padded, padded.length - padding));
  }

  /** Encrypts. */
  static Envelope seal(byte[] text, String id, byte[] salt, VaultKeys keys) {
    int padding = BLOCK - text.length % BLOCK;
    byte[] padded = Arrays.copyOf(text, text.length + padding);
    Arrays.fill(padded, text.length, padded.length, (byte) padding);
    byte[] encrypted = aes(padded, keys);
    return new Envelope(id, salt, VaultKeys.hmac(keys.authentication(), encrypted), encrypted);
  }

  /** In counter mode encrypting and decrypting are the same. */
  private static byte[] aes(byte[] text, VaultKeys keys) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(keys.encryption(), "AES"),
          new IvParameterSpec(keys.counter()));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }
}
