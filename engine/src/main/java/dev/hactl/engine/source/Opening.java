package dev.hactl.engine.source;

import dev.hactl.engine.vault.Keyring;
import java.util.Optional;

/**
 * How encrypted texts in a source are opened.
 *
 * @param keyring the passwords
 * @param encrypted whether the source is encrypted as a whole: then every value in it is secret
 * @param locked why it could not be read, when that matters only to those who need it
 */
public record Opening(Keyring keyring, boolean encrypted, Optional<Problem> locked) {
  /** Nothing is encrypted, and no password is there. */
  public static final Opening NONE = new Opening(Keyring.EMPTY, false, Optional.empty());
}
