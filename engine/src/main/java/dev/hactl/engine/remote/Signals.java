package dev.hactl.engine.remote;

import java.util.List;
import java.util.Optional;

/** Signal names behind exit statuses. */
final class Signals {
  /** Numbers 1 to 31 of Linux on every architecture but MIPS, SPARC and Alpha (signal(7)). */
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private Signals() {}

  /** The signal a shell means by this status: 128 plus its number. */
  static Optional<String> ofStatus(int status) {
    int number = status - 128;
    return number >= 1 && number <= NAMES.size()
        ? Optional.of(NAMES.get(number - 1))
        : Optional.empty();
  }
}
