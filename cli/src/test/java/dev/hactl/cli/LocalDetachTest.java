package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that are started, and waited for later. Steps wait for files, never for the clock. */
class LocalDetachTest extends LocalRuns {
  private static final String STARTED = "(started; it goes on in the background)";

  /** The step ends only when the task after it has run. */
  @Test
  void thePlayGoesOnWhileTheStepIsAtWork() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - name: begin
                shell: while ! [ -e ${dir}/go ]; do sleep 0.02; done; echo out; echo err >&2
                detach: true
                register: build
              - {name: begun, assert: {that: [build.started, "!build.finished", build.changed]}}
              - {name: meanwhile, command: "touch ${dir}/go"}
              - {name: end, wait_for_task: {task: build, timeout: 60}, register: built}
              - name: seen
                assert:
                  that:
                    - built.rc == 0 && built.stdout == 'out' && built.stderr == 'err'
                    - built.finished && built.started && !built.changed && !built.failed
              - {name: once more, wait_for_task: build, register: again}
              - {name: the same, assert: {that: again.stdout == 'out'}}
            """);
    assertEquals(
        "begin=changed begun=ok meanwhile=changed end=ok seen=ok once more=ok the same=ok",
        told.tasks(),
        told.err());
    assertEquals("begin " + STARTED + " begun meanwhile end seen once more the same", told.order());
    assertEquals(0, told.exit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        // keywords of the detached task; of the wait => how they end => exit
        "shell: exit 3; '' => s=changed w=failed => 2",
        "shell: exit 3; failed_when: r.rc > 3 => s=changed w=ok u=ok => 0",
        "shell: exit 3; ignore_errors: true => s=changed w=ignored u=ok => 0",
        "{shell: 'true', when: false}; '' => s=skipped w=ok u=ok => 0",
        "{shell: 'true', args: {creates: /}}; '' => s=ok w=ok u=ok => 0",
        "{shell: 'true', args: {creates: /no such}}; '' => s=changed w=failed => 2",
        "{command: cat, args: {stdin: x}}; failed_when: r.stdout != 'x' => s=changed w=ok u=ok => 0",
        "{shell: 'echo $X', environment: {X: y}}; failed_when: r.stdout != 'y' => s=changed w=ok u=ok => 0",
        "{shell: 'true', changed_when: false}; '' => s=ok w=ok u=ok => 0",
        "{command: no-such-program}; '' => s=changed w=failed => 2",
      })
  void theWaitTellsHowItEnded(String keywords, String outcomes, int exit) throws IOException {
    String[] both = keywords.split("; ");
    String started = both[0].startsWith("{") ? both[0].substring(1, both[0].length() - 1) : both[0];
    String waiting = both[1].equals("''") ? "" : ", " + both[1];
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: s, detach: true, register: d, %s}
              - {name: w, wait_for_task: d, register: r%s}
              - {name: u, assert: {that: "d.started || !d.finished"}}
            """
                .formatted(started, waiting));
    assertEquals(outcomes, told.tasks(), told.err());
    assertEquals(exit, told.exit());
  }

  @Test
  void aWaitThatIsOverLeavesTheStepRunning() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - name: long
                shell: while ! [ -e ${dir}/go ]; do sleep 0.02; done; touch ${dir}/done
                detach: true
              - block:
                  - {name: short, wait_for_task: {task: long, timeout: 0.3}, register: w}
                rescue:
                  - {name: told, assert: {that: "w.msg?contains('still runs') && !w.finished"}}
                  - {name: go, command: "touch ${dir}/go"}
                  - {name: end, wait_for_task: long}
            """);
    assertEquals("long=changed short=failed told=ok go=changed end=ok", told.tasks(), told.err());
    assertEquals(0, told.exit());
    assertTrue(Files.exists(folder.resolve("done")));
  }

  @Test
  void checkStartsNothing() throws IOException {
    String play =
        """
        tasks:
          - {name: s, shell: "touch ${dir}/x", detach: true, register: d}
          - {name: w, wait_for_task: d, register: r}
          - {name: u, debug: {msg: x}, when: r.rc == 0}
        """;
    Told told = run("apply --check", "a", play);
    assertEquals("s=changed w=skipped u=unknown", told.tasks(), told.err());
    assertFalse(Files.exists(folder.resolve("x")));
    assertEquals("s=changed w=ok u=ok", run("apply", "a", play).tasks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "true => s=changed over=ok => ended well => 0",
        "exit 4 => s=changed over=ok s=failed => over => 2",
      })
  void whatNothingWaitedForIsToldAtTheEnd(String text, String tasks, String last, int exit)
      throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: s, shell: "echo $PPID > ${dir}/p.new; mv ${dir}/p.new ${dir}/pid; %s", detach: true}
              - name: over
                shell: |
                  while ! [ -e ${dir}/pid ]; do sleep 0.02; done
                  read p < ${dir}/pid
                  while s=$(cut -d' ' -f3 /proc/$p/stat 2>/dev/null) && [ "$s" != Z ]; do sleep 0.02; done
                  true
                changed_when: false
            """
                .formatted(text));
    assertEquals(tasks, told.tasks(), told.order());
    assertTrue(told.order().contains(last), told.order());
    assertEquals(exit, told.exit());
  }

  @Test
  void eachHostHasItsOwn() throws IOException {
    Told told =
        run(
            "apply",
            "a,b",
            """
            tasks:
              - name: s
                shell: echo ${inventory_hostname}
                detach: true
                register: d
                when: inventory_hostname != 'c'
              - {name: w, wait_for_task: d, register: r}
              - {name: u, assert: {that: r.stdout == inventory_hostname}}
              - {name: once, shell: echo 1, detach: true, register: o, run_once: true}
              - {name: wo, wait_for_task: o, register: p}
              - {name: uo, assert: {that: "p.started == (inventory_hostname == 'a')"}}
              - name: for another
                shell: echo ${inventory_hostname}
                detach: true
                register: e
                delegate_to: b
              - {name: we, wait_for_task: e, register: q}
              - {name: ue, assert: {that: q.stdout == inventory_hostname}}
            """);
    assertEquals(
        "s@a=changed s@b=changed w@a=ok w@b=ok u@a=ok u@b=ok once@a=changed wo@a=ok wo@b=ok uo@a=ok"
            + " uo@b=ok for another@a=changed for another@b=changed we@a=ok we@b=ok ue@a=ok"
            + " ue@b=ok",
        told.tasks(),
        told.err());
  }

  /** A later play may wait; the register lives on. */
  @Test
  void aLaterPlayMayWait() throws IOException {
    Told told =
        runAll(
            "apply",
            "a",
            """
            - hosts: all
              tasks:
                - {name: s, shell: echo 1, detach: true, register: d}
            - hosts: all
              tasks:
                - {name: w, wait_for_task: d, register: r}
                - {name: u, assert: {that: r.stdout == '1'}}
            """);
    assertEquals("s=changed w=ok u=ok", told.tasks(), told.err());
  }
}
