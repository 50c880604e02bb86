package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import java.util.List;

/** The program: the streams and arguments of this process to {@link Hactl} and its answer back. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.ofThisProcess(System.getenv());
    ExitCode code = Hactl.run(List.of(arguments), terminal);
    terminal.out().flush();
    terminal.err().flush();
    System.exit(code.number());
  }
}
