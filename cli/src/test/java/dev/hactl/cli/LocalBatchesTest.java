package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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

  /** Whoever was never begun is no host that is fine, for people and for programs. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "apply => test ${inventory_hostname} != a => '' => {a=[two], b=[one, two], c=[one, two]}",
        "apply => test ${inventory_hostname} != b => '' => {a=[two], b=[two], c=[one, two]}",
        "apply => test ${inventory_hostname} != c => '' => {a=[two], b=[two], c=[two]}",
        "apply => true => '' => {}",
        "apply => true => 'meta: end_play' => {b=[one], c=[one]}",
        "apply => true => 'meta: end_host' => {}",
        "plan => test ${inventory_hostname} != b => '' => {}",
      })
  void theRecapNamesWhatNeverBegan(String mode, String command, String more, String missed)
      throws IOException {
    String plays =
        """
        - name: one
          hosts: all
          serial: 1
          tasks:
            - {name: t, command: "%s"}
            %s
        - name: two
          hosts: all
          tasks: [{name: u, debug: {msg: x}}]
        """
            .formatted(command, more.isEmpty() ? "" : "- " + more);
    var hosts = (Map<?, ?>) runAll(mode, "a,b,c", plays).recap().get("hosts");
    var found = new TreeMap<String, Object>();
    hosts.forEach((host, counts) -> {
      Object plain = ((Map<?, ?>) counts).get("not_started");
      if (plain != null) {
        found.put(String.valueOf(host), plain);
      }
    });
    assertEquals(missed, found.toString());
  }

  /** A refusal before the first change: foretelling began nothing. */
  @Test
  void whatWasOnlyForetoldIsNotStarted() throws IOException {
    Path site = folder.resolve("site.yml");
    Files.writeString(site, "- hosts: all\n  tasks: [{command: echo}]\n");
    Path inventory = folder.resolve("inventory.yml");
    Files.writeString(
        inventory,
        "all: {hosts: {a: {ansible_connection: local}, b: {ansible_host: 127.0.0.1, ansible_port: 1}}}");
    CommandLineRun run =
        CommandLineRun.alone(
            "apply", site.toString(), "-i", inventory.toString(), "--private-key", "/dev/null");
    assertTrue(run.out().contains("a                          : not started\n"), run.out());
    assertTrue(
        run.out().contains("b                          : ok=0    changed=0    unreachable=1"),
        run.out());
  }
}
