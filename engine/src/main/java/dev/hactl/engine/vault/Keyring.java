package dev.hactl.engine.vault;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The vault passwords of a command, and what they opened so far. A text is opened once, whoever
 * asks for it; keys are worked out once per password and salt, because that takes a tenth of a
 * second. Thread-safe.
 *
 * <p>A text with a vault id is opened by the passwords of that id and by those without one; a text
 * without an id by any.
 */
public final class Keyring {
  /** Holds no password. */
  public static final Keyring EMPTY = new Keyring(List.of());

  private static final int SALT = 32;

  private final List<VaultPassword> passwords;
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();
  private final Map<String, VaultKeys> keys = new ConcurrentHashMap<>();
  private final Set<String> met = ConcurrentHashMap.newKeySet();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /** These passwords, tried in this order. */
  public Keyring(List<VaultPassword> passwords) {
    this.passwords = List.copyOf(passwords);
  }

  /** What came of opening a text. */
  public sealed interface Opened {
    /** What is in it. */
    record Plain(byte[] bytes, VaultPassword with) implements Opened {}

    /**
     * It stays closed.
     *
     * @param why to stand after what the text is called: {@code is encrypted, and ...}
     * @param advice what to do
     */
    record Refused(String why, String advice) implements Opened {}
  }

  /** The passwords. */
  public List<VaultPassword> passwords() {
    return passwords;
  }

  /** Opens a text. */
  public Opened open(String text) {
    return opened.computeIfAbsent(text, this::opening);
  }

  private Opened opening(String text) {
    try {
      Envelope envelope = Envelope.parse(text);
      return opening(envelope);
    } catch (BrokenVaultException e) {
      return new Opened.Refused(e.why(), e.advice());
    }
  }

  private Opened opening(Envelope envelope) {
    boolean named = !envelope.id().equals(VaultPassword.DEFAULT);
    String whose = named ? " for vault id '" + envelope.id() + "'" : "";
    String option = "--vault-id " + envelope.id() + "@FILE";
    List<VaultPassword> candidates = passwords.stream().filter(p -> fits(p, envelope)).toList();
    if (passwords.isEmpty()) {
      return new Opened.Refused(
          "is encrypted" + whose + ", and no vault password is given",
          "add " + (named ? option : "--vault-password-file FILE") + " or --ask-vault-password");
    }
    if (candidates.isEmpty()) {
      return new Opened.Refused(
          "is encrypted" + whose + ", and no password is given for that id",
          "add " + option + "; given: " + ids(passwords));
    }
    for (VaultPassword password : candidates) {
      try {
        Optional<byte[]> plain =
            VaultCipher.open(envelope, keys(password, envelope.salt(), password.bytes()));
        if (plain.isPresent()) {
          return new Opened.Plain(plain.get(), password);
        }
      } catch (VaultPassword.NoPassword e) {
        return new Opened.Refused(
            "is encrypted" + whose + ", and the password cannot be read: " + e.getMessage(), "");
      }
    }
    return new Opened.Refused(
        "is encrypted" + whose + ", and the password does not open it",
        "it was encrypted with another password, or changed since; tried: " + ids(candidates));
  }

  private static boolean fits(VaultPassword password, Envelope envelope) {
    return envelope.id().equals(VaultPassword.DEFAULT)
        || password.id().equals(VaultPassword.DEFAULT)
        || password.id().equals(envelope.id());
  }

  private static String ids(List<VaultPassword> passwords) {
    return passwords.stream().map(VaultPassword::id).distinct().collect(Collectors.joining(", "));
  }

  private VaultKeys keys(VaultPassword password, byte[] salt, byte[] secret) {
    String name = passwords.indexOf(password) + ":" + HexFormat.of().formatHex(salt);
    return keys.computeIfAbsent(name, n -> VaultKeys.of(secret, salt));
  }

  /**
   * Encrypts with a password and a new salt.
   *
   * @return the text as Ansible Vault writes it
   */
  public static String seal(byte[] text, VaultPassword password) throws VaultPassword.NoPassword {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    return seal(text, password, salt);
  }

  /** Encrypts with a given salt. */
  static String seal(byte[] text, VaultPassword password, byte[] salt)
      throws VaultPassword.NoPassword {
    return VaultCipher.seal(text, password.id(), salt, VaultKeys.of(password.bytes(), salt)).text();
  }

  /** Notes that a decrypted text is in use from now on, so that it can be kept out of outputs. */
  public void met(String text) {
    if (met.add(text)) {
      listeners.forEach(l -> l.accept(text));
    }
  }

  /** Tells of every decrypted text in use: those so far now, later ones when they come. */
  public void tell(Consumer<String> listener) {
    if (passwords.isEmpty()) {
      return; // nothing will ever be opened
    }
    listeners.add(listener);
    met.forEach(listener);
  }
}
