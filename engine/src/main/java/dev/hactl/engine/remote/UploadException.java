package dev.hactl.engine.remote;

/** A file could not be brought to or from a host; the message says why and what is left there. */
public final class UploadException extends Exception {
  private static final long serialVersionUID = 1L;

  public UploadException(String message) {
    super(message);
  }

  public UploadException(String message, Throwable cause) {
    super(message, cause);
  }
}
