package dev.hactl.campaign;

/** A host of the lab, seen from outside: nothing of this passes through hactl. */
public interface Machine {
  /** The name in the inventory. */
  String name();

  /** Whether it belongs to the Debian family; otherwise to the dnf family. */
  boolean debian();

  /**
   * Runs a sh script as root.
   *
   * @return what it printed, without the last line ends
   * @throws Failure when it does not end with status 0
   */
  String sh(String script);

  /** Something is not as it must be. */
  final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }
  }
}
