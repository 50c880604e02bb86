package dev.hactl.engine.remote;

/** One attempt to upload a file failed, another may not. */
final class BrokenUploadException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether the host itself says that it cannot. */
  final boolean onHost;

  BrokenUploadException(String message) {
    this(message, false);
  }

  BrokenUploadException(String message, boolean onHost) {
    super(message);
    this.onHost = onHost;
  }
}
