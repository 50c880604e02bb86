package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the launcher runs, unseen, to record the start-up cache: every class that the usual commands
 * load. It works without network and leaves nothing behind.
 */
final class Training {
  private Training() {}

  public static void main(String[] arguments) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var terminal =
        new Terminal(
            nowhere, nowhere, InputStream.nullInputStream(), false, false, Terminal.DEFAULT_WIDTH);
    Terminal.ofThisProcess(System.getenv());
    for (var line :
        List.of(
            List.of("--version"),
            List.of(
                "plan",
                "-i",
                "inventory.yml",
                "-l",
                "db",
                "-t",
                "web",
                "-e",
                "a=1",
                "-CDv",
                "-f",
                "5",
                "-u",
                "root",
                "--output",
                "json",
                "missing.yml"),
            List.of("apply", "--list-tasks", "missing.yml"))) {
      Hactl.run(line, terminal);
    }
  }
}
