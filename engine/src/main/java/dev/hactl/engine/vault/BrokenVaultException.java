package dev.hactl.engine.vault;

/** A text that begins like one of Ansible Vault but is none; the message says what is wrong. */
public final class BrokenVaultException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String advice;

  BrokenVaultException(String message, String advice) {
    super(message, null, false, false);
    this.advice = advice;
  }

  /** What is wrong, to stand after the name of the text. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /** What to do. */
  public String advice() {
    return advice;
  }
}
