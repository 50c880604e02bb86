package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a play, when handlers run between them, and what changes the order. */
class LocalSectionsTest extends LocalRuns {

  @Test
  void notifiedHandlersRunAfterEachPart() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            post_tasks:
              - {name: z, command: "true", notify: h}
            tasks:
              - {name: t, command: "true", notify: [h, topic]}
              - {name: u, debug: {msg: x}}
            pre_tasks:
              - {name: p, command: "true", notify: h}
            handlers:
              - {name: g, debug: {msg: x}, listen: topic}
              - {name: h, debug: {msg: x}}
            """);
    assertEquals("p h t u g h z h", told.order(), told.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "apply => '' => 2 => t u",
        "apply --force-handlers => '' => 2 => t u h",
        "apply => 'force_handlers: true' => 2 => t u h",
      })
  void handlersRunAfterAFailureWhereAsked(String mode, String word, int exit, String order)
      throws IOException {
    Told told =
        run(
            mode,
            "a",
            word
                + """

                tasks:
                  - {name: t, command: "true", notify: h}
                  - {name: u, command: "false"}
                  - {name: v, command: "true", notify: never}
                handlers:
                  - {name: never, debug: {msg: x}}
                  - {name: h, debug: {msg: x}}
                """);
    assertEquals(exit, told.exit(), told.err());
    assertEquals(order, told.order());
  }

  /** Those before it too: notified ones are run until there are none. */
  @Test
  void aHandlerMayNotifyAnother() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: t, command: "true", notify: second}
            handlers:
              - {name: first, command: "true", notify: third}
              - {name: second, command: "true", notify: [first, third]}
              - {name: third, debug: {msg: x}}
            """);
    assertEquals("t second third first third", told.order(), told.err());
  }

  /** A host whose condition is false keeps its handlers for later. */
  @Test
  void aFlushHoldsForTheHostsOfItsCondition() throws IOException {
    Told told =
        run(
            "apply",
            "a,b",
            """
            tasks:
              - {name: t, command: "true", notify: h}
              - {name: f, meta: flush_handlers, when: inventory_hostname == 'a'}
              - {name: u, debug: {msg: x}}
            handlers:
              - {name: h, debug: {msg: x}}
            """);
    assertEquals(
        "t@a=changed t@b=changed f@a=ok f@b=skipped h@a=ok u@a=ok u@b=ok h@b=ok", told.tasks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "noop => a1 a2 b1 b2 c1 c2 n1",
        "end_host => a1 b1 b2 c1 c2 n1",
        "end_batch => a1 c1 c2 n1",
        "end_play => a1 n1",
        "reset_connection => a1 a2 b1 b2 c1 c2 n1",
      })
  void theOrderOfAPlayCanBeChanged(String meta, String order) throws IOException {
    for (String mode : List.of("apply", "plan")) {
      Told told =
          runAll(
              mode,
              "a,b,c",
              """
              - hosts: all
                serial: 2
                tasks:
                  - {name: m, meta: %s, when: inventory_hostname == 'a'}
                  - {name: t, debug: {msg: x}}
              - hosts: all
                tasks:
                  - {name: n, debug: {msg: x}, run_once: true}
              """
                  .formatted(meta));
      assertEquals(0, told.exit(), told.err());
      List<String> expected =
          switch (meta) {
            case "end_host" -> List.of("t@b=ok", "t@c=ok", "n@a=ok");
            case "end_batch" -> List.of("t@c=ok", "n@a=ok");
            case "end_play" -> List.of("n@a=ok");
            default -> List.of("t@a=ok", "t@b=ok", "t@c=ok", "n@a=ok");
          };
      assertEquals(
          expected,
          Arrays.stream(told.tasks().split(" ")).filter(t -> !t.startsWith("m@")).toList(),
          mode + order);
    }
  }

  /** What was notified before a host leaves the play is owed to it. */
  @ParameterizedTest
  @ValueSource(strings = {"end_host", "end_play", "end_batch"})
  void whoLeavesRunsItsHandlers(String meta) throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: t, command: "true", notify: h}
              - {name: m, meta: %s, when: "true"}
              - {name: u, debug: {msg: x}}
            handlers:
              - {name: h, debug: {msg: x}}
            """
                .formatted(meta));
    assertEquals("t m h", told.order(), told.err());
  }

  @Test
  void errorsAreClearedForWhatFollows() throws IOException {
    Told told =
        run(
            "apply",
            "a,b",
            """
            any_errors_fatal: false
            tasks:
              - {name: t, command: "test %s = b"}
              - {name: u, debug: {msg: x}}
              - {name: c, meta: clear_host_errors}
              - {name: v, debug: {msg: x}}
            """
                .formatted("${inventory_hostname}"));
    assertEquals("t@a=failed t@b=changed u@b=ok c@b=ok v@a=ok v@b=ok", told.tasks());
    assertEquals(2, told.exit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "inventory => b c a",
        "reverse_inventory => a c b",
        "sorted => a b c",
        "reverse_sorted => c b a",
      })
  void hostsAreTakenInOrder(String order, String hosts) throws IOException {
    Told told =
        run(
            "apply",
            "b,c,a",
            "order: %s\nserial: 1\ntasks: [{name: t, debug: {msg: x}}]\n".formatted(order));
    assertEquals(hosts.replaceAll("(\\w)", "t@$1"), told.tasks().replace("=ok", ""), told.err());
  }

  @Test
  void aShuffleTakesEveryHostOnce() throws IOException {
    Told told =
        run("apply", "a,b,c", "order: shuffle\nserial: 1\ntasks: [{name: t, debug: {msg: x}}]\n");
    assertEquals(
        List.of("t@a=ok", "t@b=ok", "t@c=ok"),
        Stream.of(told.tasks().split(" ")).sorted().toList());
  }

  /** What runs once does so in each batch, and check says so. */
  @Test
  void onceIsOncePerBatch() throws IOException {
    String play =
        """
        serial: 2
        tasks:
          - {name: o, file: {path: "${dir}/${inventory_hostname}", state: directory}, run_once: true}
          - {name: s, set_fact: {seen: "${inventory_hostname}"}, run_once: true}
          - {name: t, assert: {that: "seen == 'a' || seen == 'c'"}}
        """;
    assertEquals(
        "o@a=changed o@c=changed s@a=ok s@c=ok t@a=ok t@b=ok t@c=ok",
        run("plan", "a,b,c", play).tasks());
    assertEquals(
        "o@a=changed s@a=ok t@a=ok t@b=ok o@c=changed s@c=ok t@c=ok",
        run("apply", "a,b,c", play).tasks());
  }

  @Test
  void aBatchThatFailedAsAWholeIsTheLast() throws IOException {
    Told told =
        runAll(
            "apply",
            "a,b,c",
            """
            - hosts: all
              serial: 1
              any_errors_fatal: false
              tasks:
                - {name: t, command: "test %s != b"}
            - hosts: all
              tasks:
                - {name: n, debug: {msg: x}}
            """
                .formatted("${inventory_hostname}"));
    assertEquals("t@a=changed t@b=failed", told.tasks());
    assertEquals(2, told.exit());
  }

  /** No two of them at a time: a second one would find the folder of the first. */
  @Test
  void aThrottledTaskRunsOnFewHostsAtATime() throws IOException {
    Told told =
        run(
            "apply",
            "a,b,c,d",
            """
            tasks:
              - name: t
                shell: mkdir ${dir}/one && sleep 0.05 && rmdir ${dir}/one
                throttle: 1
            """);
    assertEquals("t@a=changed t@b=changed t@c=changed t@d=changed", told.tasks(), told.err());
    assertTrue(told.exit() == 0);
  }

  /** What one host finds out for another is a variable of that other one. */
  @Test
  void factsAreThoseOfTheDelegateWhereAsked() throws IOException {
    String play =
        """
        tasks:
          - name: t
            set_fact: {role: "seen by %s"}
            delegate_to: b
            delegate_facts: %%s
            when: inventory_hostname == 'a'
          - {name: u, assert: {that: "(role!'none') == ('%%s' == inventory_hostname)?then('seen by a', 'none')"}}
        """
            .formatted("${inventory_hostname}");
    for (String mode : List.of("plan", "apply")) {
      for (String told : List.of("true b", "false a")) {
        String[] c = told.split(" ");
        assertEquals(
            "t@a=ok t@b=skipped u@a=ok u@b=ok",
            run(mode, "a,b", play.formatted(c[0], c[1])).tasks(),
            mode + told);
      }
    }
  }
}
