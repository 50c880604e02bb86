package dev.hactl.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hactl.cli.ExitCode;
import dev.hactl.lab.LoopbackHost;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps and probes that misbehave. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepFaultsIT {
  @TempDir private static Path temp;
  private LoopbackHost lab;

  /**
   * A task that fails.
   *
   * @param says words of its message
   */
  record Fault(String name, String task, List<String> says) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .user("ann", "/bin/sh")
            .sudoers("ann ALL=(ALL) NOPASSWD: ALL")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private Site site(String user) {
    return Site.in(temp)
        .host("db1", lab.settings(user))
        .file(
            "modules/hanging.yml",
            "probe: echo looking; sleep 4731\napply: 'true'\nsummary: A probe that hangs\n");
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault(
            "step that hangs",
            "- command: sleep 4730\n  timeout: 1",
            List.of("ran past its deadline and was ended; the host was doing: pid ", "sleep 4730")),
        new Fault(
            "probe that hangs",
            "- hanging: {}",
            List.of("looking at the host took longer than 10 s; it was doing: pid ", "sleep 4731")),
        new Fault(
            "fragment with a syntax error",
            "- shell: if true; then echo 'never closed",
            List.of("ended with status 2", "exit status 2", "nterminated quoted string")),
        // Root's process, which ann's signals do not reach: just as one in uninterruptible sleep.
        new Fault(
            "unkillable process",
            "- shell: sudo sh -c 'trap \"\" TERM; sleep 4732; :'\n  timeout: 1",
            List.of(
                "ran past its deadline and could not be ended; the host was doing: pid ",
                "sleep 4732",
                "note: [db1]: the host is degraded: what could not be ended is still there")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void failsItsTaskWithOneMessage(Fault fault) {
    site("ann")
        .tasks("", "- command: echo before\n" + fault.task() + "\n- command: touch /home/never")
        .apply()
        .complains(ExitCode.FAILED, fault.says().toArray(String[]::new))
        .says("fatal: [db1]: FAILED! => ", "site.yml:4:7")
        .counts("db1", "ok=1 changed=1 failed=1");
  }

  /** Text, what it registers as standard output, and whether that was cut. */
  record Oddity(String name, String text, String condition) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Oddity> oddities() {
    return Stream.of(
        new Oddity("reads stdin", "cat; read x || echo none", "r.stdout == 'none'"),
        new Oddity(
            "leaves a daemon",
            "(while :; do echo noise; sleep 0.1; done) & echo $! >/home/daemon; echo left",
            "r.stdout?contains('left')"),
        new Oddity(
            "100 MB of output",
            "head -c 100000000 /dev/zero | tr '\\0' y",
            "r.truncated && r.stdout?length == 1048576"),
        new Oddity(
            "binary output",
            "printf '\\377\\376\\033[31m\\007'; head -c 3000 /dev/urandom",
            "r.stdout?length gt 10"),
        new Oddity("ends its shell", "exec true", "r.rc == 0"),
        new Oddity("closes its streams", "exec >&- 2>&- </dev/zero; true", "r.stdout == ''"));
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void disturbsNothing(Oddity oddity) {
    Told told =
        site("root")
            .tasks(
                "",
                """
                - shell: |
                    %s
                  register: r
                - assert: {that: ["%s"]}
                - command: echo clean
                  register: next
                - assert: {that: ["next.stdout == 'clean'"]}
                - shell: '[ ! -e /home/daemon ] || { kill $(cat /home/daemon); rm /home/daemon; }'
                """
                    .formatted(oddity.text(), oddity.condition()))
            .apply("-v")
            .converged("db1", 5, 3);
    assertFalse(told.text().chars().anyMatch(c -> c < ' ' && c != '\n'), "no control characters");
  }

  @Test
  void binaryOutputOfAFailureIsShownSafely() {
    Told told =
        site("root")
            .tasks("", "- shell: printf 'a\\033[31m\\007\\000b\\377\\n'; exit 3")
            .apply()
            .complains(ExitCode.FAILED, "ended with status 3", "stdout:");
    assertFalse(told.text().chars().anyMatch(c -> c < ' ' && c != '\n'), told.text());
    assertEquals(1, told.recap().size());
  }
}
