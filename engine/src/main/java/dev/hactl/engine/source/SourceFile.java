package dev.hactl.engine.source;

import dev.hactl.engine.vault.Keyring;

/**
 * One text that was read, kept so that a message can quote the line it speaks of.
 *
 * @param name the path as the user wrote it, or a name such as {@code -e}
 * @param text the whole text, decrypted
 * @param opening how what is encrypted in it is opened, and whether all of it is
 */
public record SourceFile(String name, String text, Opening opening) {
  /** A text that is not encrypted as a whole. */
  public SourceFile(String name, String text) {
    this(name, text, Opening.NONE);
  }

  /** The same with the passwords for the encrypted values in it. */
  SourceFile with(Keyring keyring) {
    return keyring == opening.keyring()
        ? this
        : new SourceFile(name, text, new Opening(keyring, opening.encrypted(), opening.locked()));
  }

  /** Whether the file is encrypted as a whole: then nothing in it but its keys is ever shown. */
  public boolean encrypted() {
    return opening.encrypted();
  }

  /**
   * A message about this text as it may be shown: of an encrypted one, whatever is quoted from it
   * and is no key is taken out.
   */
  String hide(String message) {
    return encrypted() ? SecretQuotes.hide(message, text) : message;
  }

  /** Line {@code number} (from 1) without its line end; empty when there is none, or a secret. */
  public String line(int number) {
    if (encrypted()) {
      return "";
    }
    int from = 0;
    for (int line = 1; line < number; line++) {
      from = lineEnd(from);
      if (from == text.length()) {
        return "";
      }
      from += text.startsWith("\r\n", from) ? 2 : 1;
    }
    return text.substring(from, lineEnd(from));
  }

  /** Where the line that holds this character ends: at a line feed, a carriage return or both. */
  private int lineEnd(int from) {
    int feed = text.indexOf('\n', from);
    int end = feed < 0 ? text.length() : feed;
    int bare = text.indexOf('\r', from, end);
    return bare < 0 ? end : bare;
  }

  /** The place at the given line and column, both from 1. */
  public Place at(int line, int column) {
    return new Place(this, line, column);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceFile file && file.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
