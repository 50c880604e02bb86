package dev.hactl.engine.run;

/** A host cannot be reached, or no longer; the message says why and what to do. */
final class HostLost extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient HostLink link;

  HostLost(String message, HostLink link) {
    super(message, null, false, false);
    this.link = link;
  }

  /** The connection that is gone. */
  HostLink link() {
    return link;
  }
}
