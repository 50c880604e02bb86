package dev.hactl.engine.remote;

import com.jcraft.jsch.JSch;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import javax.crypto.KeyAgreement;

/**
 * Does once, with throw-away keys, what every login does: a key exchange, a signature and its
 * check. Java's cryptography is Java code that has to be loaded and compiled first; here that
 * happens on one processor while another still reads the playbook.
 */
final class SshRehearsal {
  private SshRehearsal() {}

  /** Begins in the background; nobody waits for it, and nothing depends on it. */
  static void start() {
    Thread.ofPlatform().daemon().name("ssh rehearsal").start(SshRehearsal::play);
  }

  private static void play() {
    try {
      var _ = new JSch();
      sign();
      exchange();
      sign();
    } catch (GeneralSecurityException e) {
      // The login itself will say what this JDK lacks.
    }
  }

  private static void exchange() throws GeneralSecurityException {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("X25519");
    KeyPair own = pairs.generateKeyPair();
    KeyPair other = pairs.generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(own.getPrivate());
    agreement.doPhase(other.getPublic(), true);
    var _ = agreement.generateSecret();
  }

  private static void sign() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(new byte[64]);
    byte[] signed = signature.sign();
    signature.initVerify(pair.getPublic());
    signature.update(new byte[64]);
    var _ = signature.verify(signed);
  }
}
