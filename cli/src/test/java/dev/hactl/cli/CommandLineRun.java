package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command line run inside the test, with all it printed. */
public record CommandLineRun(ExitCode code, String out, String err) {

  /**
   * The same for a command that changes this machine: it waits for other runs that do so, which
   * hold the machine's lock.
   */
  public static CommandLineRun alone(String... arguments) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    CommandLineRun run = of(arguments);
    while (run.code() == ExitCode.LOCKED && System.nanoTime() < deadline) {
      run = of(arguments);
    }
    return run;
  }

  /** Runs it with standard input at its end and without colours. */
  public static CommandLineRun of(String... arguments) {
    return typing("", arguments);
  }

  /** Runs it with this on standard input. */
  public static CommandLineRun typing(String input, String... arguments) {
    return in(System.getenv(), input, arguments);
  }

  /** Runs it in this environment. */
  static CommandLineRun in(Map<String, String> environment, String input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            false,
            false,
            Terminal.DEFAULT_WIDTH);
    ExitCode code = Hactl.run(List.of(arguments), terminal, environment);
    return new CommandLineRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
