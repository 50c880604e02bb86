package dev.hactl.engine.vault;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that a password and a salt come to: PBKDF2 (RFC 8018) with HMAC-SHA256, 10,000 rounds,
 * 80 bytes. The first 32 encrypt, the next 32 authenticate, the last 16 begin the counter.
 *
 * <p>The JDK's own PBKDF2 takes passwords as characters; a password file may hold any bytes.
 */
record VaultKeys(byte[] encryption, byte[] authentication, byte[] counter) {
  private static final int ROUNDS = 10_000;
  private static final int BLOCKS = 3;

  static VaultKeys of(byte[] password, byte[] salt) {
    byte[] all = pbkdf2(mac(password), salt);
    return new VaultKeys(
        Arrays.copyOfRange(all, 0, 32),
        Arrays.copyOfRange(all, 32, 64),
        Arrays.copyOfRange(all, 64, 80));
  }

  private static byte[] pbkdf2(Mac mac, byte[] salt) {
    ByteBuffer all = ByteBuffer.allocate(BLOCKS * mac.getMacLength());
    for (int block = 1; block <= BLOCKS; block++) {
      mac.update(salt);
      byte[] round = mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
      byte[] sum = round.clone();
      for (int i = 1; i < ROUNDS; i++) {
        round = mac.doFinal(round);
        for (int j = 0; j < sum.length; j++) {
          sum[j] ^= round[j];
        }
      }
      all.put(sum);
    }
    return all.array();
  }

  /** HMAC-SHA256 (RFC 2104). */
  static byte[] hmac(byte[] key, byte[] text) {
    return mac(key).doFinal(text);
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // Keys are filled up with zeros, and the JDK takes no empty one.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
