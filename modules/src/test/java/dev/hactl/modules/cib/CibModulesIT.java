package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.lab.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The modules of a cluster's configuration, through the engine, on a running Pacemaker. */
class CibModulesIT extends OnOneNode {
  private static final String TASKS =
      """
      - pcs_property: {name: no-quorum-policy, value: stop}
      - pcs_defaults: {resource: {resource-stickiness: INFINITY}}
      - pcs_resource:
          name: web
          agent: ocf:pacemaker:Dummy
          options: {fake: first}
          operations: {monitor: {interval: 10s, timeout: 20s}}
          group: services
      - pcs_constraint: {kind: location, resource: services, node: lonely, score: 10}
      - pcs_stonith:
          name: fence-lonely
          agent: fence_ipmilan
          options: {ip: 198.51.100.11, username: admin, password: "${secret}", pcmk_host_list: lonely}
      """;

  @Test
  @Proves({"S0-23", "S0-24"})
  void theDifferenceIsToldAsObjects() {
    ClusterRuns.Run check = runs.check(TASKS);
    assertEquals("0 changed changed changed derived changed", check.story());
    ClusterRuns.Run done = runs.apply(TASKS);
    assertEquals("0 changed changed changed changed changed", done.story());
    assertEquals(
        List.of(
            "+ property no-quorum-policy value=stop",
            "+ resource default resource-stickiness value=INFINITY",
            "+ group services members=web; + primitive web ocf:pacemaker:Dummy fake=first op"
                + " monitor interval=10s timeout=20s; the cluster would: Start web (lonely)",
            "+ location location-services-lonely-10 services on lonely score=10",
            "+ primitive fence-lonely stonith:fence_ipmilan ip=198.51.100.11 username=admin"
                + " password=<secret> pcmk_host_list=lonely op monitor interval=60s; the cluster"
                + " would: Start fence-lonely (lonely)"),
        done.changes());
    assertTrue(
        done.diffs().contains("primitive web: op monitor timeout  -> 20s"), done.diffs()::toString);
    assertEquals(check.changes().subList(0, 3), done.changes().subList(0, 3));
    assertEquals(check.diffs().subList(0, 3), done.diffs().subList(0, 3));
  }

  @Test
  void whatOthersConfiguredStays() {
    cluster.sh(
        """
        crm_attribute --name cluster-recheck-interval --update 7min
        cibadmin -o resources -C --xml-text '<primitive id="theirs" class="ocf" provider="pacemaker" type="Dummy"/>'
        """);
    String theirs = cluster.cib().find("theirs").orElseThrow().toString();
    assertEquals(0, runs.apply(TASKS).exit());
    assertEquals(theirs, cluster.cib().find("theirs").orElseThrow().toString());
    assertTrue(
        cluster.sh("crm_attribute --query --name cluster-recheck-interval").out().contains("7min"));
  }

  /** The look is the one of foretelling: the edit comes between it and the patch. */
  @Test
  void anEditBetweenLookAndPatchIsNeverLost() {
    assertEquals(0, runs.apply(TASKS).exit());
    for (int i = 1; i <= 10; i++) {
      String tasks =
          "- pcs_resource: {name: web, options: {fake: mine%d, op_sleep: 0}}".formatted(i);
      String foreign = "crm_resource -r web -m -p priority -v " + i + " >/dev/null";
      var injected = new AtomicBoolean();
      ClusterRuns.Run run =
          runs.apply(
              tasks,
              event -> {
                if (event instanceof Event.TaskStarted && injected.compareAndSet(false, true)) {
                  assertEquals(0, cluster.sh(foreign).status());
                }
              });
      assertEquals("0 changed", run.story());
      assertEquals(1, run.changes().size());
      String web = cluster.cib().find("web").orElseThrow().toString();
      assertTrue(web.contains("mine" + i), web);
      assertTrue(
          cluster.sh("crm_resource -r web -m -g priority").out().strip().equals("" + i), web);
    }
  }

  @Test
  void theOperatorsStateIsLeftAlone() {
    assertEquals(0, runs.apply(TASKS).exit());
    for (String state :
        List.of(
            "crm_attribute --type nodes --node lonely --name standby --update on",
            "crm_resource --ban -r services -N lonely",
            "cibadmin -o constraints -C --xml-text '<rsc_location id=\"drbd-fence-by-handler-r0-web\""
                + " rsc=\"services\" node=\"nobody\" score=\"-INFINITY\"/>'",
            "crm_resource -r web -m -p target-role -v Stopped",
            "crm_attribute --name maintenance-mode --update true")) {
      assertEquals(0, cluster.sh(state + " >/dev/null 2>&1").status(), state);
      Element before = cluster.cib().configuration();
      assertEquals("0 ok ok ok ok ok", runs.apply(TASKS).story(), state);
      assertEquals(before, cluster.cib().configuration(), state);
    }
    String more = TASKS.replace("fake: first", "fake: second");
    List<String> kept = OperatorState.of(cluster.cib());
    assertEquals(5, kept.size(), kept::toString);
    assertEquals("0 ok ok changed ok ok", runs.apply(more).story());
    assertEquals(kept, OperatorState.of(cluster.cib()));
  }

  @Test
  void whatStopsAServiceNeedsConsent() {
    assertEquals(0, runs.apply(TASKS).exit());
    long before = runs.epoch();
    ClusterRuns.Run refused =
        runs.run("- pcs_resource: {name: web, state: absent}", RunOptions.defaults(), e -> {});
    assertEquals(9, refused.exit());
    assertEquals(before, runs.epoch());
    assertEquals("0 changed", runs.apply("- pcs_resource: {name: web, state: absent}").story());
    assertEquals(before + 1, runs.epoch());
  }

  @Test
  void aMistakeIsFoundBeforeAnythingIsWritten() {
    long before = runs.epoch();
    ClusterRuns.Run run = runs.apply("- pcs_property: {name: stonith-enabled, value: true}\n");
    assertTrue(run.story().startsWith("2 failed(Pacemaker finds mistakes"), run::story);
    assertEquals(before, runs.epoch());
  }

  @Test
  void aSecretIsNeitherToldNorInTheWordsOfAProgram() throws Exception {
    Set<String> found = new ConcurrentSkipListSet<>();
    var done = new AtomicBoolean();
    var looks = new AtomicInteger();
    Thread spy =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                found.addAll(wordsWithSecret());
                looks.incrementAndGet();
              }
            });
    var events = new ArrayList<Event>();
    events.addAll(runs.check(TASKS).events());
    events.addAll(runs.apply(TASKS).events());
    String other = TASKS.replace("${secret}", "another" + "${secret}");
    events.addAll(runs.check(other).events());
    events.addAll(runs.apply(other).events());
    done.set(true);
    spy.join();
    assertTrue(cluster.cib().text().contains("another" + ClusterRuns.SECRET));
    assertEquals(Set.of(), found);
    assertTrue(looks.get() > 20);
    assertFalse(events.toString().contains(ClusterRuns.SECRET));
    assertTrue(events.toString().contains("<secret>"));
  }

  private static Set<String> wordsWithSecret() {
    var found = new ConcurrentSkipListSet<String>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      processes
          .filter(p -> p.getFileName().toString().matches("\\d+"))
          .forEach(p -> {
            try {
              String words = Files.readString(p.resolve("cmdline")).replace('\0', ' ');
              if (words.contains(ClusterRuns.SECRET)) {
                found.add(words);
              }
            } catch (IOException e) {
              // it ended
            }
          });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }
}
