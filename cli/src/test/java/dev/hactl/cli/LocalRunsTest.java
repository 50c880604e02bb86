package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole runs on this machine without root: what tasks, loops, retries, handlers, batches and
 * consents come to. Each run is told in short: {@code task@host=outcome}.
 */
class LocalRunsTest {
  @TempDir private Path folder;

  private record Told(
      int exit, String tasks, String order, Map<String, Object> recap, String err) {}

  /** Runs a play for the hosts a, b, c, all of them this machine. */
  private Told run(String mode, String hosts, String play) throws IOException {
    // Notes of handlers are kept by the playbook's name: runs of other tests are none of ours.
    Path site = folder.resolve(folder.getFileName() + ".yml");
    Files.writeString(site, "- hosts: all\n" + play.indent(2));
    var words = new ArrayList<>(List.of(mode.split(" ")));
    words.addAll(
        List.of(
            site.toString(),
            "-i",
            hosts + ",",
            "--output",
            "json",
            "-e",
            "ansible_connection=local",
            "-e",
            "dir=" + folder));
    CommandLineRun run = CommandLineRun.alone(words.toArray(String[]::new));
    var tasks = new ArrayList<String>();
    var order = new ArrayList<String>();
    int begun = 0;
    Map<String, Object> recap = Map.of();
    for (String line : run.out().lines().toList()) {
      Map<String, Object> event = JSON.std.mapFrom(line);
      switch (String.valueOf(event.get("event"))) {
        case "task_ended" -> {
          Object item = event.get("item");
          boolean ignored = Boolean.TRUE.equals(event.get("ignored"));
          boolean derived = Boolean.TRUE.equals(event.get("derived"));
          tasks.add(
              event.get("task")
                  + (hosts.contains(",") ? "@" + event.get("host") : "")
                  + (item == null ? "" : "(" + item + ")")
                  + "="
                  + (derived ? "derived" : ignored ? "ignored" : event.get("outcome")));
          if (hosts.contains(",")) { // they end a task in any order
            tasks.subList(begun, tasks.size()).sort(null);
          }
        }
        case "task_started" -> {
          order.add(String.valueOf(event.get("task")));
          begun = tasks.size();
        }
        case "note" -> order.add("(" + event.get("message") + ")");
        case "retrying" -> tasks.add("retry " + event.get("left"));
        case "recap" -> recap = event;
        default -> {}
      }
    }
    return new Told(
        run.code().number(), String.join(" ", tasks), String.join(" ", order), recap, run.err());
  }

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
  void handlersRunOnceInTheirOwnOrderAndOnlyWhenNotified() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: t1, command: "true", notify: [second, topic]}
              - {name: t2, command: "true", notify: second}
              - {name: t3, command: "true", changed_when: false, notify: never}
              - {name: flush, meta: flush_handlers}
              - {name: t4, command: "true", notify: first}
            handlers:
              - {name: first, debug: {msg: x}}
              - {name: second, debug: {msg: x}}
              - {name: never, debug: {msg: x}}
              - {name: third, debug: {msg: x}, listen: topic}
            """);
    assertEquals("t1 t2 t3 flush second third t4 first", told.order(), told.err());
  }

  @Test
  void aHandlerWhoseTaskChangedNothingIsNotLeftOver() throws IOException {
    String play =
        """
        tasks:
          - {name: t, command: "true", changed_when: %s, notify: told}
          - {name: u, command: "%s"}
        handlers:
          - {name: told, debug: {msg: x}}
        """;
    assertEquals("t u", run("apply", "a", play.formatted("false", "true")).order());
    assertEquals("t u", run("apply", "a", play.formatted("false", "true")).order());
    assertEquals("t u", run("apply", "a", play.formatted("true", "false")).order());
    assertEquals(
        "told t u", run("apply", "a", play.formatted("false", "true")).order(), "it was notified");
    assertEquals("t u", run("apply", "a", play.formatted("false", "true")).order());
  }

  @Test
  void aLeftOverHandlerThatThePlaybookHasNoMoreIsForgotten() throws IOException {
    String play =
        """
        tasks:
          - {name: t, command: "true", changed_when: %s, notify: %s}
          - {name: u, command: "%s"}
        handlers:
          - {name: %2$s, debug: {msg: x}}
        """;
    assertEquals("t u", run("apply", "a", play.formatted("true", "old", "false")).order());
    assertEquals(
        "('old', left over from an interrupted run, is no handler of this play any more; its note"
            + " goes) t u",
        run("apply", "a", play.formatted("false", "new", "true")).order());
    assertEquals("t u", run("apply", "a", play.formatted("false", "new", "true")).order());
  }

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
