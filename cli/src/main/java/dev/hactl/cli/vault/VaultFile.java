package dev.hactl.cli.vault;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.vault.BrokenVaultException;
import dev.hactl.engine.vault.Envelope;
import dev.hactl.engine.vault.Keyring;
import dev.hactl.engine.vault.VaultPassword;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A text that is, or is to be, encrypted.
 *
 * @param name how messages call it: a file, or standard input
 * @param bytes as they are
 */
public record VaultFile(Path name, byte[] bytes) {

  /** An opened text, with what encrypts it again. */
  public record Opened(VaultFile file, byte[] plain, VaultPassword with) {}

  /** A file's text. */
  public static VaultFile read(Path file) {
    return new VaultFile(file, SafeFile.read(file));
  }

  /**
   * Opens it.
   *
   * @throws SourceException when it is not encrypted or no password opens it
   */
  public Opened open(Keyring keyring) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!Envelope.is(bytes)) {
      throw SafeFile.problem(name, "this is not encrypted", "");
    }
    return switch (keyring.open(text)) {
      case Keyring.Opened.Plain plain ->
          new Opened(this, plain.bytes(), as(idOf(text), plain.with()));
      case Keyring.Opened.Refused refused ->
          throw new SourceException(
              Problem.error(
                  new SourceFile(name.toString(), "").at(1, 1),
                  "this " + refused.why(),
                  refused.advice()));
    };
  }

  /** The text keeps its id, also where a password without one opened it. */
  private static VaultPassword as(String id, VaultPassword password) {
    return id.equals(password.id()) ? password : new VaultPassword(id, password::bytes);
  }

  private static String idOf(String text) {
    try {
      return Envelope.parse(text).id();
    } catch (BrokenVaultException e) {
      throw new IllegalStateException("it was opened", e);
    }
  }

  /**
   * Refuses what is encrypted already.
   *
   * @throws SourceException when it is
   */
  public void requirePlain() {
    if (Envelope.is(bytes)) {
      throw SafeFile.problem(
          name, "this is encrypted already", "hactl vault rekey gives it another password");
    }
  }

  /**
   * Encrypts a text.
   *
   * @throws SourceException when the password cannot be had
   */
  public static byte[] seal(byte[] plain, VaultPassword password) {
    try {
      return Keyring.seal(plain, password).getBytes(StandardCharsets.US_ASCII);
    } catch (VaultPassword.NoPassword e) {
      throw new SourceException(
          Problem.error(
              Place.of("vault id " + password.id()),
              "the password cannot be read: " + e.getMessage()));
    }
  }
}
