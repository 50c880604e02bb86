package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tasks run on which of several hosts, and what stops them. */
class LocalBatchesTest extends LocalRuns {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "[] => t@a t@b t@c u@a u@b u@c",
        "1 => t@a u@a t@b u@b t@c u@c",
        "[1, 2] => t@a u@a t@b t@c u@b u@c",
        "50% => t@a u@a t@b u@b t@c u@c",
        "67% => t@a t@b u@a u@b t@c u@c",
      })
  void batchesGoThroughTheWholePlay(String serial, String order) throws IOException {
    String play =
        "serial: %s\ntasks:\n  - {name: t, debug: {msg: x}}\n  - {name: u, debug: {msg: x}}\n"
            .formatted(serial);
    assertEquals(order, run("apply", "a,b,c", play).tasks().replace("=ok", ""));
  }

  @Test
  void aFailureOnOneHostStopsAllUnlessToldOtherwise() throws IOException {
    String tasks =
        """
        tasks:
          - name: t
            command: test ${inventory_hostname} != a
            any_errors_fatal: %s
          - {name: u, debug: {msg: x}}
        """;
    Told stops = run("apply", "a,b", tasks.formatted("true"));
    assertEquals("t@a=failed t@b=changed", stops.tasks());
    assertEquals(2, stops.exit());
    Told goesOn = run("apply", "a,b", tasks.formatted("false"));
    assertEquals("t@a=failed t@b=changed u@b=ok", goesOn.tasks());
    assertEquals(2, goesOn.exit());
  }

  @Test
  void runOnceSharesItsResult() throws IOException {
    Told told =
        run(
            "apply",
            "a,b",
            """
            tasks:
              - {name: once, command: echo hi, run_once: true, register: r}
              - {name: all, assert: {that: r.stdout == 'hi'}}
            """);
    assertEquals("once@a=changed all@a=ok all@b=ok", told.tasks(), told.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "apply --tags a => t",
        "apply --skip-tags a => u",
        "apply --start-at-task u => u",
        "apply => t u",
      })
  void tasksCanBeChosen(String mode, String order) throws IOException {
    assertEquals(
        order,
        run(mode, "a", "tasks: [{name: t, debug: {msg: x}, tags: a}, {name: u, debug: {msg: x}}]")
            .order());
  }

  @Test
  void aMistakeInTheLastTaskStopsTheFirst() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: first, command: "touch ${dir}/made"}
              - {name: last, debug: {msg: "${nowhere}"}, when: "false"}
            """);
    assertEquals(6, told.exit());
    assertEquals("", told.tasks());
    assertFalse(Files.exists(folder.resolve("made")));
    assertTrue(told.err().contains("'nowhere' is undefined"), told.err());
  }

  @Test
  void anUnreachableHostStopsThePairBeforeTheFirstChange() throws IOException {
    Path inventory = folder.resolve("inventory.yml");
    Files.writeString(
        inventory,
        "all: {hosts: {a: {ansible_connection: local}, b: {ansible_host: 127.0.0.1, ansible_port: 1}}}");
    Path site = folder.resolve("site.yml");
    Files.writeString(site, "- hosts: all\n  tasks: [{command: touch " + folder + "/made}]\n");

    CommandLineRun run =
        CommandLineRun.alone(
            "apply", site.toString(), "-i", inventory.toString(), "--private-key", "/dev/null");

    assertEquals(ExitCode.UNREACHABLE, run.code(), run.out() + run.err());
    assertFalse(Files.exists(folder.resolve("made")));
  }
}
