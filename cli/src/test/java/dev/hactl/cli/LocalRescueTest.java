package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks with rescue and always: who runs what, in which order, and how it is counted. */
class LocalRescueTest extends LocalRuns {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        // what is in block, rescue and always; exit code; tasks; counts
        "true true true => 0 => b=changed a=changed n=ok => ok=3 changed=2 failed=0 skipped=0 rescued=0 ignored=0",
        "false true true => 0 => b=failed r=changed a=changed n=ok => ok=3 changed=2 failed=0 skipped=0 rescued=1 ignored=0",
        "false false true => 2 => b=failed r=failed a=changed => ok=1 changed=1 failed=1 skipped=0 rescued=1 ignored=0",
        "true true false => 2 => b=changed a=failed => ok=1 changed=1 failed=1 skipped=0 rescued=0 ignored=0",
        "false true false => 2 => b=failed r=changed a=failed => ok=1 changed=1 failed=1 skipped=0 rescued=1 ignored=0",
        "false false false => 2 => b=failed r=failed a=failed => ok=0 changed=0 failed=2 skipped=0 rescued=1 ignored=0",
      })
  void aFailureIsRescuedAndAlwaysRuns(String said, int exit, String tasks, String counts)
      throws IOException {
    String[] c = said.split(" ");
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - block:
                  - {name: b, command: "%s"}
                rescue:
                  - {name: r, command: "%s"}
                always:
                  - {name: a, command: "%s"}
              - {name: n, debug: {msg: x}}
            """
                .formatted(c[0], c[1], c[2]));
    assertEquals(exit, told.exit(), told.err());
    assertEquals(tasks, told.tasks());
    assertEquals(counts, told.counts("a"));
  }

  @Test
  void theRescueKnowsWhatFailed() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - block:
                  - {name: the bad one, shell: "echo out; exit 3"}
                rescue:
                  - name: r
                    assert:
                      that:
                        - ansible_failed_task.name == 'the bad one'
                        - ansible_failed_task.action == 'shell'
                        - ansible_failed_task.module == 'shell'
                        - ansible_failed_result.rc == 3
                        - ansible_failed_result.stdout == 'out'
                        - ansible_failed_result.failed
                always:
                  - {name: a, assert: {that: "ansible_failed_task??"}}
              - block:
                  - {name: c, debug: {msg: x}}
                always:
                  - {name: d, assert: {that: "ansible_failed_result.rc == 3"}, when: "ansible_failed_result??"}
            """);
    assertEquals(0, told.exit(), told.err());
    assertEquals("the bad one=failed r=ok a=ok c=ok d=ok", told.tasks());
  }

  /** Task after task, and in each only the hosts that have come there. */
  @Test
  void hostsThatDidNotFailSkipTheRescueAndAllGoOnTogether() throws IOException {
    Told told =
        run(
            "apply",
            "a,b,c",
            """
            tasks:
              - block:
                  - {name: t1, command: "test %1$s != a"}
                  - {name: t2, command: "test %1$s != b"}
                  - {name: t3, command: "true"}
                rescue:
                  - {name: r1, command: "true"}
                  - {name: r2, command: "true"}
                always:
                  - {name: z, command: "true"}
              - {name: n, command: "true"}
            """
                .formatted("${inventory_hostname}"));
    assertEquals(0, told.exit(), told.err());
    assertEquals("t1 t2 t3 r1 r2 z n", told.order());
    assertEquals(
        "t1@a=failed t1@b=changed t1@c=changed t2@b=failed t2@c=changed t3@c=changed"
            + " r1@a=changed r1@b=changed r2@a=changed r2@b=changed"
            + " z@a=changed z@b=changed z@c=changed n@a=changed n@b=changed n@c=changed",
        told.tasks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "false => 2 => b@a=changed b@b=failed r@b=failed z@a=changed z@b=changed",
        "true => 0 => b@a=changed b@b=failed r@b=changed z@a=changed z@b=changed n@a=ok n@b=ok",
      })
  void aPairStopsOnlyWhereTheRescueFails(String rescue, int exit, String tasks) throws IOException {
    Told told =
        run(
            "apply",
            "a,b",
            """
            tasks:
              - block:
                  - {name: b, command: "test %s = a"}
                rescue:
                  - {name: r, command: "%s"}
                always:
                  - {name: z, command: "true"}
              - {name: n, debug: {msg: x}}
            """
                .formatted("${inventory_hostname}", rescue));
    assertEquals(exit, told.exit(), told.err());
    assertEquals(tasks, told.tasks());
  }

  @Test
  void nestedBlocksHandFailuresOutwards() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - block:
                  - {name: o1, debug: {msg: x}}
                  - block:
                      - {name: i1, command: "false"}
                    rescue:
                      - {name: ir, command: "false"}
                    always:
                      - {name: ia, debug: {msg: x}}
                  - {name: o2, debug: {msg: x}}
                rescue:
                  - {name: or, assert: {that: "ansible_failed_task.name == 'ir'"}}
                  - block:
                      - {name: ri, command: "false"}
                    rescue:
                      - {name: rr, debug: {msg: x}}
                always:
                  - {name: oa, debug: {msg: x}}
              - {name: n, debug: {msg: x}}
            """);
    assertEquals(0, told.exit(), told.err());
    assertEquals("o1=ok i1=failed ir=failed ia=ok or=ok ri=failed rr=ok oa=ok n=ok", told.tasks());
    assertEquals("ok=6 changed=0 failed=0 skipped=0 rescued=3 ignored=0", told.counts("a"));
  }

  @Test
  void alwaysRunsWhereNothingRescuesAndThePlayStopsAfterwards() throws IOException {
    Told told =
        run(
            "apply",
            "a,b",
            """
            tasks:
              - block:
                  - {name: t, command: "test %s = a"}
                  - {name: u, debug: {msg: x}}
                always:
                  - {name: z, debug: {msg: x}}
              - {name: n, debug: {msg: x}}
            """
                .formatted("${inventory_hostname}"));
    assertEquals(2, told.exit(), told.err());
    assertEquals("t@a=changed t@b=failed z@a=ok z@b=ok", told.tasks());
  }

  /** Whom one host found out for, it also fails for. */
  @Test
  void whatFailsOnceIsRescuedOnAll() throws IOException {
    Told told =
        run(
            "apply",
            "a,b",
            """
            tasks:
              - block:
                  - {name: t, command: "false", run_once: true}
                rescue:
                  - {name: r, debug: {msg: x}}
            """);
    assertEquals(0, told.exit(), told.err());
    assertEquals("t@a=failed r@a=ok r@b=ok", told.tasks());
  }

  @Test
  void handlersNotifiedInARescuedBlockRunAtTheEnd() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - block:
                  - {name: t1, command: "true", notify: h1}
                  - {name: t2, command: "false", notify: h2}
                rescue:
                  - {name: r, command: "true", notify: h3}
              - {name: n, debug: {msg: x}}
            handlers:
              - {name: h1, debug: {msg: x}}
              - {name: h2, debug: {msg: x}}
              - {name: h3, debug: {msg: x}}
            """);
    assertEquals("t1 t2 r n h1 h3", told.order(), told.err());
  }

  /** A handler that fails at a flush inside a block fails in that block. */
  @Test
  void aFlushBelongsToItsBlock() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - block:
                  - {name: t, command: "true", notify: h}
                  - {name: f, meta: flush_handlers}
                rescue:
                  - {name: r, debug: {msg: "${ansible_failed_task.name}"}}
            handlers:
              - {name: h, command: "false"}
            """);
    assertEquals("t=changed f=ok h=failed r=ok", told.tasks(), told.err());
    assertEquals(0, told.exit());
  }

  @Test
  void tagsThatLeaveNoTaskOfARescueLeaveNoRescue() throws IOException {
    Told told =
        run(
            "apply --tags x",
            "a",
            """
            tasks:
              - block:
                  - {name: t, command: "false", tags: x}
                rescue:
                  - {name: r, debug: {msg: x}}
            """);
    assertEquals(2, told.exit(), told.err());
    assertEquals("t=failed", told.tasks());
  }
}
