package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole runs on this machine without root: what tasks, conditions, retries, facts and variables
 * come to.
 */
class LocalRunsTest extends LocalRuns {
  private static final String CONFIGURE =
      """
      tasks:
        - name: folder
          file: {path: "${dir}/etc", state: directory, mode: "0755"}
        - name: text
          copy: {dest: "${dir}/etc/x", content: "one\\n", mode: "0644"}
          notify: told
        - name: line
          lineinfile: {path: "${dir}/etc/x", line: two}
      handlers:
        - name: told
          debug: {msg: told}
      """;

  @Test
  void checkForetellsWhatApplyDoesAndTheSecondApplyDoesNothing() throws IOException {
    Told check = run("plan --detailed-exitcode", "a", CONFIGURE);
    assertEquals(10, check.exit(), check.err());
    assertFalse(Files.exists(folder.resolve("etc")));
    assertEquals("folder=changed text=derived line=derived told=ok", check.tasks());

    Told apply = run("apply", "a", CONFIGURE);
    assertEquals(0, apply.exit(), apply.err());
    assertEquals("folder=changed text=changed line=changed told=ok", apply.tasks());
    assertEquals("one\ntwo\n", Files.readString(folder.resolve("etc/x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{name: t, debug: {msg: '${item}'}, loop: [a, b]} => 0 => t(a)=ok t(b)=ok",
        "{name: t, debug: {msg: '${item}'}, loop: []} => 0 => ``",
        "{name: t, debug: {msg: '${item}'}, loop: [a, b], when: item == 'b'} => 0 => t(a)=skipped t(b)=ok",
        "{name: t, command: 'test ${item} = a', loop: [a, b, c]} => 2 => t(a)=changed t(b)=failed t(c)=failed",
        "{name: t, command: 'true', changed_when: false} => 0 => t=ok",
        "{name: t, command: 'false', failed_when: false} => 0 => t=changed",
        "{name: t, command: 'false', failed_when: rc > 1, changed_when: rc == 1} => 0 => t=changed",
        "{name: t, command: 'echo bad', failed_when: stdout == 'bad'} => 2 => t=failed",
        "{name: t, command: 'echo bad', register: r, failed_when: [r.rc == 0, r.stdout == 'good']} => 0 => t=changed",
        "{name: t, command: 'false', ignore_errors: true} => 0 => t=ignored",
        "{name: t, command: 'true', when: false} => 0 => t=skipped",
        "{name: t, command: 'true', args: {creates: /etc/passwd}} => 0 => t=ok",
        "{name: t, assert: {that: [1 == 1, 2 == 3]}} => 2 => t=failed",
        "{name: t, command: 'false', retries: 2, delay: 0} => 2 => retry 2 retry 1 t=failed",
        "{name: t, command: 'true', register: r, until: r.rc == 1, retries: 1, delay: 0} => 2 => retry 1 t=failed",
        "{name: t, command: 'true', register: r, until: r.rc == 0, retries: 3, delay: 0} => 0 => t=changed",
        "{name: t, shell: 'test $WORD = x', environment: {WORD: x}} => 0 => t=changed",
        "{name: t, command: 'sleep 60', timeout: 1} => 2 => t=failed",
      })
  void oneTask(String task, int exit, String tasks) throws IOException {
    Told told = run("apply", "a", "tasks: [" + task + "]");
    assertEquals(tasks, told.tasks(), told.err());
    assertEquals(exit, told.exit());
  }

  /** A path comes while its run waits: what was asked ahead of the wait is old then. */
  @Test
  void whatWasSeenBeforeAWaitIsLookedAtAnew() throws Exception {
    Process other =
        new ProcessBuilder("sh", "-c", "sleep 2; touch first; touch second")
            .directory(folder.toFile())
            .start();
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: w, wait_for: {path: "${dir}/second", sleep: 0.1, timeout: 60}}
              - {name: s, stat: {path: "${dir}/first"}, register: first}
              - {name: a, assert: {that: first.stat.exists}}
            """);
    assertEquals("w=ok s=ok a=ok", told.tasks(), told::err);
    assertEquals(0, other.waitFor());
  }

  @Test
  void untilRepeatsTillItHolds() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - name: t
                shell: echo x >> ${dir}/count; grep -c x ${dir}/count
                register: r
                until: r.stdout?number >= 3
                retries: 5
                delay: 0
              - {name: seen, assert: {that: [r.attempts == 3, r.stdout == '3']}}
            """);
    assertEquals("retry 5 retry 4 t=changed seen=ok", told.tasks(), told.err());
  }

  /** Nothing else changes: what is run without counting as a change is run all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: t, shell: 'echo x >> ${dir}/ran', changed_when: false}",
        "{name: t, shell: 'echo x >> ${dir}/ran', changed_when: false, retries: 2}",
        "{name: t, command: 'test -e ${dir}/ran', changed_when: false, failed_when: false}, "
            + "{name: u, shell: 'echo x >> ${dir}/ran', changed_when: false, loop: [1]}",
      })
  void aCommandThatChangesNothingRunsOnEveryApply(String tasks) throws IOException {
    for (int runs = 1; runs <= 2; runs++) {
      Told told = run("apply", "a", "tasks: [" + tasks + "]");
      assertEquals(0, told.exit(), told.err());
      assertEquals("x\n".repeat(runs), Files.readString(folder.resolve("ran")));
    }
  }

  @Test
  void aSkippedTasksResultAnswersNothing() throws IOException {
    Told told =
        run(
            "plan",
            "a",
            """
            tasks:
              - {name: skipped, command: "true", when: false, register: r}
              - {name: asked, debug: {msg: x}, when: r.rc == 0}
              - {name: known, debug: {msg: x}, when: r.skipped}
            """);
    assertEquals("skipped=skipped asked=unknown known=ok", told.tasks(), told.err());
  }

  @Test
  void factsAndVariablesReachTheNextTask() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            vars: {x: play, y: play}
            tasks:
              - {name: set, set_fact: {x: fact, n: 5}}
              - name: seen
                assert: {that: [x == 'fact', y == 'task', n == 5, ansible_service_mgr?has_content]}
                vars: {y: task}
              - {name: gone, assert: {that: y == 'play'}}
            """);
    assertEquals("set=ok seen=ok gone=ok", told.tasks(), told.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "${ansible_service_mgr} => debug: {msg: x}",
        "x => debug: {msg: '${manager}'}",
        "x => debug: {msg: x}, when: manager != ''",
        "x => {shell: 'true', register: r}, {debug: {msg: '${manager}'}, when: r.rc == 0}",
      })
  void factsAreReadWhereverSomethingNamesThem(String template, String tasks) throws IOException {
    Files.writeString(folder.resolve("text.ftl"), template + "\n");
    Files.createDirectory(folder.resolve("group_vars"));
    Files.writeString(folder.resolve("group_vars/all.yml"), "manager: ${ansible_service_mgr}\n");
    String all = tasks.startsWith("{") ? tasks : "{" + tasks + "}";
    Told told =
        run("apply", "a", "tasks: [" + all + ", {template: {src: text.ftl, dest: '${dir}/text'}}]");
    assertEquals(0, told.exit(), told.err());
  }

  @Test
  void theRecapCountsAsAnsibleDoes() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: ok, debug: {msg: x}}
              - {name: changed, command: "true"}
              - {name: skipped, command: "true", when: false}
              - {name: ignored, command: "false", ignore_errors: true}
              - {name: failed, command: "false"}
              - {name: never, command: "true"}
            """);
    assertEquals(
        "{a={ok=3, changed=1, unreachable=0, failed=1, skipped=1, rescued=0, ignored=1, unknown=0}}",
        String.valueOf(told.recap().get("hosts")));
    assertEquals(2, told.exit());
  }

  @Test
  void aPasswordIsKeptByApplyOnlyAndIsTheSameEverAfter() throws IOException {
    String play =
        """
        vars: {secret: "${password('secrets/web', 16)}"}
        tasks:
          - name: file
            copy: {dest: "${dir}/x", content: "${secret} ${sha256(secret)}\\n", mode: "0600"}
        """;
    Told check = run("plan", "a", play);
    assertEquals("0 file=changed", check.exit() + " " + check.tasks(), check.err());
    assertFalse(Files.exists(folder.resolve("secrets")));

    assertEquals("file=changed", run("apply", "a", play).tasks());
    String kept = Files.readString(folder.resolve("secrets/web")).strip();
    assertEquals(kept, Files.readString(folder.resolve("x")).split(" ")[0]);

    assertEquals("file=ok", run("apply", "a", play).tasks());
    assertEquals(kept, Files.readString(folder.resolve("secrets/web")).strip());
  }

  @Test
  void aParameterThatComesToNothingIsNotGiven() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - name: file
                copy: {dest: "${dir}/x", content: "one", mode: "${nope!omit}"}
            """);
    assertEquals("0 file=changed", told.exit() + " " + told.tasks(), told.err());
  }
}
