package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What check mode says of blocks with a rescue, and what it is worth. */
class LocalRescueForetoldTest extends LocalRuns {
  /** The rescue of a block that has something to do is possible, that of one without is not. */
  @Test
  void checkTellsARescueAsPossibleOnly() throws IOException {
    String play =
        """
        tasks:
          - block:
              - {name: t, file: {path: "${dir}/t", state: directory, mode: "0755"}}
            rescue:
              - {name: r, file: {path: "${dir}/r", state: directory, mode: "0755"}}
              - {name: say, debug: {msg: "${ansible_failed_task.name}"}}
            always:
              - {name: z, file: {path: "${dir}", state: directory}}
          - {name: n, file: {path: "${dir}/r", state: absent}}
        """;
    Told check = run("plan", "a", play);
    assertEquals(0, check.exit(), check.err());
    assertEquals("t=changed r=skipped say=skipped z=ok n=unknown", check.tasks());
    assertEquals("ok=2 changed=1 failed=0 skipped=2 rescued=0 ignored=0", check.counts("a"));

    assertEquals("t=changed z=ok n=ok", run("apply", "a", play).tasks());
    assertEquals("t=ok z=ok n=ok", run("apply", "a", play).tasks());
    check = run("plan --detailed-exitcode", "a", play);
    assertEquals(0, check.exit(), check.err());
    assertEquals("t=ok r=skipped say=skipped z=ok n=ok", check.tasks());
  }

  @Test
  void checkFollowsAFailureThatIsCertain() throws IOException {
    String play =
        """
        tasks:
          - block:
              - {name: t, assert: {that: "1 == 2"}}
              - {name: u, debug: {msg: x}}
            rescue:
              - {name: r, file: {path: "${dir}/r", state: directory, mode: "0755"}}
          - {name: n, debug: {msg: x}}
        """;
    for (String mode : new String[] {"plan", "apply"}) {
      Told told = run(mode, "a", play);
      assertEquals(0, told.exit(), told.err());
      assertEquals("t=failed r=changed n=ok", told.tasks());
      assertEquals("ok=2 changed=1 failed=0 skipped=0 rescued=1 ignored=0", told.counts("a"));
    }
  }

  /** What a rescue changed was foretold as possible, so it is no surprise. */
  @Test
  void aRescueIsNoSurprise() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - block:
                  - {name: t, command: "false"}
                rescue:
                  - {name: r, file: {path: "${dir}/r", state: directory, mode: "0755"}, notify: h}
              - {name: n, file: {path: "${dir}/r", state: directory, mode: "0700"}}
            handlers:
              - {name: h, file: {path: "${dir}/h", state: directory, mode: "0755"}}
            """);
    assertEquals(0, told.exit(), told.err());
    assertEquals("t=failed r=changed n=changed h=changed", told.tasks());
    assertEquals(0, ((Map<?, ?>) told.recap().get("accuracy")).get("surprises"), told::toString);
  }
}
