package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.lab.Proves;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Blocks with {@code transaction: cib}, through the engine, on a running Pacemaker. */
class CibTransactionIT extends OnOneNode {
  private static final String TASKS =
      block(
              """
              - pcs_property: {properties: {no-quorum-policy: stop, cluster-recheck-interval: 5min}}
              - pcs_defaults: {resource: {resource-stickiness: 100}, operation: {timeout: 60s}}
                register: defaults
              - pcs_resource:
                  name: data
                  agent: ocf:pacemaker:Stateful
                  promotable: {promoted-max: 1, notify: true}
              - pcs_resource: {name: "${item}", agent: "ocf:pacemaker:Dummy", group: services}
                loop: [first, second]
              - pcs_resource: {name: probe, agent: "ocf:pacemaker:Dummy", options: {fake: x}, clone: yes}
                when: defaults.changed
              - pcs_resource: {name: never, agent: "ocf:pacemaker:Dummy"}
                when: inventory_hostname == 'other'
              - pcs_constraint: {kind: colocation, resource: services, with: Promoted data-clone}
              - pcs_constraint: {kind: order, first: promote data-clone, then: start services}
              - pcs_constraint: {kind: location, resource: services, node: lonely, score: 10}
              - pcs_stonith:
                  name: fence-lonely
                  agent: fence_ipmilan
                  options: {ip: 198.51.100.11, username: admin, password: "${secret}"}
                  levels: {lonely: 1}
                register: fence
              """)
          + "- debug: {msg: \"${fence.changed?string} ${defaults.changed?string}\"}\n";

  private static String block(String tasks) {
    return "- transaction: cib\n  block:\n" + tasks.indent(4);
  }

  @Test
  @Proves({"S0-31", "S0-32"})
  void tenTasksLandInOneEpoch() {
    long before = runs.epoch();
    ClusterRuns.Run check = runs.check(TASKS);
    String all =
        "0 changed changed changed changed changed changed skipped changed changed changed changed"
            + " said";
    assertEquals(all, check.story());
    assertEquals(before, runs.epoch());
    ClusterRuns.Run done = runs.apply(TASKS);
    assertEquals(all, done.story());
    assertEquals(before + 1, runs.epoch());
    assertEquals(check.changes(), done.changes());
    assertEquals(check.diffs(), done.diffs());
    assertEquals(
        List.of("+ primitive first ocf:pacemaker:Dummy op monitor interval=60s"),
        done.ended().get(3).changes().stream()
            .map(Event.ChangeLine::what)
            .filter(w -> w.contains("primitive"))
            .toList());
    String whole = done.changes().getLast();
    assertTrue(whole.startsWith("write 1") && whole.contains("Start data:0 (lonely)"), whole);
    assertTrue(said(done).contains("true true"), () -> said(done));
    assertEquals(
        List.of(), cluster.sh("crm_verify --live-check").out().lines().toList(), "no mistake");
    assertTrue(
        cluster.sh("crm_mon -1").out().contains("Promoted: [ lonely ]"), "it was waited for");
    assertFalse(done.events().toString().contains(ClusterRuns.SECRET));
    Cib now = cluster.cib();
    ClusterRuns.Run again = runs.apply(TASKS);
    assertEquals("0 ok ok ok ok ok skipped skipped ok ok ok ok said", again.story());
    assertEquals(now.configuration(), cluster.cib().configuration());
    assertEquals(before + 1, runs.epoch());
  }

  private static String said(ClusterRuns.Run run) {
    return run.ended().stream()
        .map(Event.TaskEnded::outcome)
        .filter(Outcome.Said.class::isInstance)
        .toList()
        .toString();
  }

  @Test
  void aForeignEditInBetweenIsNotLostAndAllIsPlannedAnew() {
    assertEquals(0, runs.apply(TASKS).exit());
    for (int i = 1; i <= 5; i++) {
      String tasks =
          block(
              """
              - pcs_resource: {name: first, options: {fake: mine%1$d, op_sleep: 0}}
              - pcs_property: {name: cluster-recheck-interval, value: %1$dmin}
              """
                  .formatted(i));
      String foreign = "crm_resource -r first -m -p priority -v " + i + " >/dev/null";
      var tasksStarted = new AtomicInteger();
      long before = runs.epoch();
      ClusterRuns.Run run =
          runs.apply(
              tasks,
              event -> {
                if (event instanceof Event.PlayStarted && tasksStarted.incrementAndGet() == 1) {
                  assertEquals(0, cluster.sh(foreign).status());
                }
              });
      assertEquals("0 changed changed", run.story());
      assertEquals(before + 2, runs.epoch(), "theirs and ours");
      assertEquals(3, run.changes().size(), run.changes()::toString);
      String first = cluster.cib().find("first").orElseThrow().toString();
      assertTrue(first.contains("mine" + i), first);
      assertEquals("" + i, cluster.sh("crm_resource -r first -m -g priority").out().strip());
    }
  }

  @Test
  void aMistakeChangesNothingAndNamesItsTask() {
    Cib before = cluster.cib();
    ClusterRuns.Run run =
        runs.apply(
            block(
                """
                - pcs_property: {name: no-quorum-policy, value: stop}
                - pcs_resource: {name: one, agent: "ocf:pacemaker:Dummy"}
                - pcs_property: {name: stonith-enabled, value: true}
                - pcs_resource: {name: two, agent: "ocf:pacemaker:Dummy"}
                """));
    assertTrue(
        run.story().startsWith("2 skipped skipped failed(Pacemaker finds mistakes"), run::story);
    assertTrue(run.story().endsWith(" skipped"), run::story);
    assertEquals(before.configuration(), cluster.cib().configuration());
  }

  @Test
  void anEditThatCannotBeMadeKeepsAllFromLanding() {
    Cib before = cluster.cib();
    ClusterRuns.Run run =
        runs.apply(
            block(
                """
                - pcs_property: {name: no-quorum-policy, value: stop}
                - pcs_constraint: {kind: location, resource: nobody, node: lonely, score: 1}
                - pcs_resource: {name: two, agent: "ocf:pacemaker:Dummy"}
                """));
    assertTrue(run.story().matches("2 skipped failed\\(.*nobody.*\\) skipped"), run::story);
    assertEquals(before.configuration(), cluster.cib().configuration());
  }

  @Test
  void whatStopsAServiceNeedsConsentOnceForAll() {
    assertEquals(0, runs.apply(TASKS).exit());
    Cib before = cluster.cib();
    String tasks =
        block(
            """
            - pcs_property: {name: no-quorum-policy, value: ignore}
            - pcs_resource: {name: second, state: absent}
            """);
    assertEquals(9, runs.run(tasks, RunOptions.defaults(), e -> {}).exit());
    assertEquals(before.configuration(), cluster.cib().configuration());
    String allowed = tasks.replace("- transaction: cib", "- transaction: cib\n  allow: disruptive");
    assertEquals("0 changed changed", runs.run(allowed, RunOptions.defaults(), e -> {}).story());
    assertEquals(before.version().epoch() + 1, runs.epoch());
  }
}
