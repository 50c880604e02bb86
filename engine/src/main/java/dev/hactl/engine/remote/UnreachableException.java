package dev.hactl.engine.remote;

/**
 * A host, or an identity on it, cannot be reached. The message is for people: what was tried, what
 * happened, what to do.
 */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Kind {
    /** The name has no address. */
    UNKNOWN_NAME,
    /** Nothing listens, or something on the way refused. */
    REFUSED,
    /** No answer within the connect time-out. */
    TIMED_OUT,
    /** No route, or the connection broke off during the handshake. */
    NETWORK,
    /** The host's key is not in known_hosts. */
    UNKNOWN_HOST_KEY,
    /** The host shows another key than known_hosts has. */
    CHANGED_HOST_KEY,
    /** The host accepted none of our keys and passwords. */
    LOGIN_REFUSED,
    /** A key file cannot be read or used. */
    BAD_KEY,
    /** Client and server have no algorithm in common. */
    NO_COMMON_ALGORITHM,
    /** The login worked but no usable sh came up. */
    NO_SHELL,
    /** Another run locked the host while the connection was made anew. */
    LOCKED,
    /** sudo refused the password, or wants one and none was given. */
    BECOME_PASSWORD,
    /** sudo does not allow this, or is missing. */
    BECOME_REFUSED,
    /** ssh_config or the settings cannot be used. */
    CONFIGURATION
  }

  private final Kind kind;

  public UnreachableException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public UnreachableException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What stands in the way. */
  public Kind kind() {
    return kind;
  }
}
