package dev.hactl.cli;

/** Every way a command can end; scripts and CI rely on these numbers. */
public enum ExitCode {
  /** Done, or nothing to do. */
  OK(0, "done, or nothing to do"),
  /** A defect of hactl itself. */
  INTERNAL(1, "a defect of hactl"),
  /** A task failed on a host. */
  FAILED(2, "a task failed on a host"),
  /** A host could not be reached. */
  UNREACHABLE(4, "a host could not be reached"),
  /** The command line is wrong. */
  USAGE(5, "the command line is wrong"),
  /** The playbook, the inventory or a variable is wrong; no connection was made. */
  INVALID_INPUT(6, "the playbook, the inventory or a variable is wrong; no connection was made"),
  /** Another run holds a host. */
  LOCKED(7, "another run holds a host"),
  /** A guard or a missing consent refused. */
  REFUSED(9, "a guard or a missing consent refused"),
  /** Changes are pending; only with {@code --check --detailed-exitcode}. */
  PENDING(10, "changes are pending (--check --detailed-exitcode)"),
  /** Ended by Ctrl-C. */
  INTERRUPTED(130, "ended by Ctrl-C"),
  /** Ended by SIGTERM. */
  TERMINATED(143, "ended by SIGTERM");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
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

  /** What it tells, as the documentation says it. */
  String meaning() {
    return meaning;
  }

  /** The number given to the operating system. */
  public int number() {
    return number;
  }
}
