package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import java.util.List;

/** {@code hactl apply}, and {@code plan} and {@code check}, which are apply without the changes. */
final class ApplyCommand {
  private ApplyCommand() {}

  static ExitCode run(Command command, List<String> arguments, Terminal terminal) {
    return ApplyForm.read(command, arguments, terminal)
        .map(options -> run(options, terminal))
        .orElse(ExitCode.OK);
  }

  private static ExitCode run(ApplyOptions options, Terminal terminal) {
    terminal.complain(
        "hactl: this build reads the command line only; " + options.playbooks() + " was not run");
    return ExitCode.INTERNAL;
  }
}
