package dev.hactl.cli;

/** Every way a command can end; scripts and CI rely on these numbers. */
public enum ExitCode {
  /** Done, or nothing to do. */
  OK(0),
  /** A defect of hactl itself. */
  INTERNAL(1),
  /** A task failed on a host. */
  FAILED(2),
  /** A host could not be reached. */
  UNREACHABLE(4),
  /** The command line is wrong. */
  USAGE(5),
  /** The playbook, the inventory or a variable is wrong; no connection was made. */
  INVALID_INPUT(6),
  /** Another run holds a host. */
  LOCKED(7),
  /** A guard or a missing consent refused. */
  REFUSED(9),
  /** Changes are pending; only with {@code --check --detailed-exitcode}. */
  PENDING(10),
  /** Ended by Ctrl-C. */
  INTERRUPTED(130),
  /** Ended by SIGTERM. */
  TERMINATED(143);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The code of a number that a run ended with. */
  static ExitCode of(int number) {
    for (ExitCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    throw new IllegalArgumentException("no exit code " + number);
  }

  /** The number given to the operating system. */
  public int number() {
    return number;
  }
}
