package dev.hactl.engine.vault;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A password and the vault id it is for. It is fetched when the first text needs it, once.
 * Thread-safe.
 */
public final class VaultPassword {
  /** The id of passwords that were given without one; they are tried on every text. */
  public static final String DEFAULT = "default";

  /** Where a password comes from. */
  public interface Source {
    /**
     * The password's bytes.
     *
     * @throws NoPassword when there is none, saying why
     */
    byte[] fetch() throws NoPassword;
  }

  /** Why a password is not there. */
  public static final class NoPassword extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what to say after "the password cannot be read: ". */
    public NoPassword(String message) {
      super(message, null, false, false);
    }
  }

  private final String id;
  private final Source source;
  private byte @Nullable [] fetched;
  private @Nullable NoPassword failed;

  /** A password that is fetched when it is needed. */
  public VaultPassword(String id, Source source) {
    this.id = id;
    this.source = source;
  }

  /** The vault id. */
  public String id() {
    return id;
  }

  /** The bytes; asks its source once, whatever comes of it. */
  public synchronized byte[] bytes() throws NoPassword {
    if (fetched == null && failed == null) {
      try {
        fetched = source.fetch();
      } catch (NoPassword e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
    return Objects.requireNonNull(fetched);
  }

  @Override
  public String toString() {
    return "password of vault id " + id;
  }
}
