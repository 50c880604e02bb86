package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** When handlers run, and which are left over. */
class LocalHandlersTest extends LocalRuns {
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

  /** Plays before it neither take its note away nor run a handler of their own of that name. */
  @Test
  void aHandlerLeftOverByALaterPlayRunsInThatPlay() throws IOException {
    String plays =
        """
        - hosts: all
          tasks:
            - {name: t, debug: {msg: x}}
          handlers:
            - {name: told, debug: {msg: x}}
        - name: a play without handlers
          hosts: all
          tasks:
            - {name: u, debug: {msg: x}}
        - name: the play that was interrupted
          hosts: all
          tasks:
            - {name: v, command: "true", changed_when: %1$s, notify: told}
            - {name: w, command: "%2$s"}
          handlers:
            - {name: told, debug: {msg: x}}
        - name: the play that was interrupted
          hosts: all
          tasks:
            - {name: x, command: "true", changed_when: %1$s, notify: told too}
            - {name: y, command: "%3$s"}
          handlers:
            - {name: told too, debug: {msg: x}}
        """;
    assertEquals("t u v w", runAll("apply", "a", plays.formatted("true", "false", "true")).order());
    assertEquals(
        "t u told v w x y",
        runAll("apply", "a", plays.formatted("false", "true", "false")).order());
    assertEquals(
        "t u v w told x y", runAll("apply", "a", plays.formatted("true", "true", "false")).order());
    assertEquals(
        "t u v w told too x y",
        runAll("apply", "a", plays.formatted("false", "true", "true")).order());
    assertEquals(
        "t u v w x y", runAll("apply", "a", plays.formatted("false", "true", "true")).order());
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
}
