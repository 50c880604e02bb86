package dev.hactl.engine.run;

/** A host cannot be reached, or no longer; the message says why and what to do. */
final class HostLost extends Exception {
  private static final long serialVersionUID = 1L;

  HostLost(String message) {
    super(message, null, false, false);
  }
}
