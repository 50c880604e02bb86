package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every exit code that scripts rely on, each seen once from the command line; 1 is for defects
 * only.
 */
class ExitCodesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiterString = " # ",
      value = {
        "0 # exec here -a true",
        "0 # exec here -m file -a path=/etc,state=directory",
        "2 # exec here -a false",
        "4 # exec gone -a true",
        "4 # exec all --needs any -a false",
        "5 # exec here --chekc",
        "6 # exec nobody -a true",
        "9 # exec here -m stops -a path=x",
        "10 # exec here -a true -C --detailed-exitcode",
        "0 # exec here -a true -C",
      })
  void isWhatHappened(int code, String line) throws IOException {
    var words = new ArrayList<>(List.of(line.split(" ")));
    words.replaceAll(w -> w.replace(",state", " state"));
    Files.writeString(
        folder.resolve("hosts"),
        "here ansible_connection=local\ngone ansible_host=127.0.0.1 ansible_port=1\n");
    words.addAll(List.of("-i", folder.resolve("hosts").toString()));
    if (code == 9) {
      words = refusing();
    }
    CommandLineRun run = CommandLineRun.alone(words.toArray(String[]::new));
    assertEquals(code, run.code().number(), run.out() + run.err());
  }

  /** A change that stops something, without consent. */
  private ArrayList<String> refusing() throws IOException {
    Files.createDirectories(folder.resolve("modules"));
    Files.writeString(
        folder.resolve("modules/stops.yml"),
        """
        summary: Stops what serves
        parameters:
          path: {type: path, required: true}
        probe: test -e "$path" || exit 1
        apply: touch "$path"
        impact: disruptive
        """);
    Files.writeString(
        folder.resolve("site.yml"),
        "- {hosts: here, tasks: [{stops: {path: %s/x}}]}\n".formatted(folder));
    return new ArrayList<>(
        List.of(
            "apply",
            folder.resolve("site.yml").toString(),
            "-i",
            folder.resolve("hosts").toString()));
  }

  private Process start(String... words) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hactl.cli.Main",
                "exec",
                "a",
                "-i",
                "a,",
                "-e",
                "ansible_connection=local"));
    line.addAll(List.of(words));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  /** 7 while another run works; 130 and 143 for the run that is ended. */
  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void signalsAndLocks(String signal, int code) throws Exception {
    Path begun = folder.resolve("begun");
    Process run = start("-m", "shell", "-a", "touch " + begun + "; exec sleep 600");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!Files.exists(begun) && System.nanoTime() < deadline) {
      assertTrue(run.isAlive() || Files.exists(begun), () -> said(run));
      Thread.onSpinWait();
    }
    CommandLineRun other =
        CommandLineRun.of("exec", "a", "-i", "a,", "-e", "ansible_connection=local", "-a", "true");
    assertEquals(7, other.code().number(), other.out() + other.err());
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + run.pid()).start();
    assertEquals(0, kill.waitFor());
    assertTrue(run.waitFor(3, TimeUnit.MINUTES));
    assertEquals(code, run.exitValue(), () -> said(run));
  }

  private static String said(Process run) {
    try {
      return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
