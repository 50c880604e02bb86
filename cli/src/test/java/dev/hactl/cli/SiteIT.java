package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.campaign.Road;
import dev.hactl.lab.Commit;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.LabMachine;
import dev.hactl.lab.OnMachine;
import dev.hactl.lab.Proves;
import dev.hactl.lab.WithMachines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code playbooks/site.yml} on two bare machines, and what becomes of the pair it makes. What
 * happens to the pair takes long, so each commit tries one of it, which its hash decides; {@code
 * -Dhactl.site=all} tries everything in turn, {@code -Dhactl.site=SWITCHOVER} only that. The hash
 * also decides what the pair replicates, or {@code -Dhactl.site.disk=VOLUMES} does.
 */
@WithMachines
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SiteIT {
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  @TempDir Path folder;
  private LabMachine one;
  private LabMachine two;
  private SitePair pair;

  @BeforeEach
  void know(@OnMachine(1) LabMachine first, @OnMachine(2) LabMachine second)
      throws IOException, InterruptedException {
    one = first;
    two = second;
    pair = new SitePair(folder, first, second, disk());
  }

  private static SitePair.Disk disk() throws IOException, InterruptedException {
    List<SitePair.Disk> all = List.of(SitePair.Disk.values());
    String name = System.getProperty("hactl.site.disk", "");
    return name.isEmpty()
        ? all.get(Math.floorMod(Commit.name().hashCode() / 7, all.size()))
        : SitePair.Disk.valueOf(name);
  }

  /** Three times on the way the controller is killed; the commit decides when. */
  @Test
  @Order(1)
  @Proves({
    "S0-17", "S0-18", "S0-19", "S0-21", "S0-22", "S0-26", "S0-27", "S0-28", "S0-29", "S0-34",
    "S3-11"
  })
  void bareMachinesBecomeAPair() throws Exception {
    two.sh("echo '127.0.1.1 node2.example.org node2' >> /etc/hosts"); // as Debian's installer does
    ToldEvents plan = pair.told("site.yml", "--check", "--diff");
    Road.Travelled road =
        new Road(pair.machines(), pair.command(folder, "site.yml")).make(random(1));
    report(road.kills().toString());
    assertEquals(List.of(), road.failures(), road::toString);
    plan.calledNothingOkThatChanged(ToldEvents.of(road.events()));
    assertTrue(pair.page().out().contains("A page of the pair node1 and node2"));
    assertEquals("/drbd/nfsshare/exports", pair.active().sh("exportfs -s | cut -d' ' -f1"));
  }

  /** Pacemaker archives every epoch: before it no resource is there, after it all of them. */
  @Test
  @Order(2)
  @Proves("S0-32")
  void theConfigurationLandedInOneEpoch() {
    String counts =
        """
        cd /var/lib/pacemaker/cib
        for f in cib-*.raw cib.xml; do
          echo $(grep -c '<primitive' $f) $(grep -c '<rsc_[clo]' $f) $(grep -c 'resource-stickiness' $f)
        done | sort -u
        """;
    assertEquals("0 0 0\n9 3 1", one.sh(counts));
  }

  /** Whom {@code on:} names is who the nodes' own tools say it is. */
  @Test
  @Order(2)
  void onNamesTheNodesThatAreMeant() throws IOException {
    String wanted = places();
    ToldEvents told = pair.told(onPlaybook("on.yml", ON));
    assertEquals(wanted, told.okOn(TARGETS.keySet()), told::toString);
    CommandLineRun nobody = pair.run(onPlaybook("nobody.yml", on("wrong", "active(master-gruop)")));
    assertEquals(ExitCode.FAILED, nobody.code(), nobody::toString);
    assertTrue(
        nobody.out().contains("'active(master-gruop)' names nobody: the cluster has no resource"),
        nobody::toString);
    CommandLineRun role = pair.run(onPlaybook("role.yml", on("none", "drbd_primary(r7)")));
    assertEquals(ExitCode.FAILED, role.code(), role::toString);
    assertTrue(
        role.out().contains("r7 is Primary nowhere (node1: not up, node2: not up)"),
        role::toString);
  }

  /** Names of tasks, and where they are to be done. */
  private static final Map<String, String> TARGETS =
      Map.of(
          "active", "active(master-group)",
          "promoted", "active(drbd-cluster)",
          "passive", "passive",
          "passive of it", "passive(master-group)",
          "dc", "dc",
          "primary", "drbd_primary(skydata)",
          "secondary", "drbd_secondary(skydata)");

  private static final String ON =
      TARGETS.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(e -> on(e.getKey(), e.getValue()))
          .collect(Collectors.joining());

  private static String on(String name, String target) {
    return "    - {name: %s, command: 'true', changed_when: false, on: %s}\n"
        .formatted(name, target);
  }

  private String onPlaybook(String name, String tasks) throws IOException {
    return Files.writeString(folder.resolve(name), "- hosts: pair\n  tasks:\n" + tasks).toString();
  }

  /** Where things are, by the address, by DRBD and by the coordinator itself. */
  private String places() {
    String active = pair.active().name();
    String passive = active.equals(one.name()) ? two.name() : one.name();
    String primary =
        Stream.of(one, two)
            .filter(m -> m.sh("drbdadm role skydata").startsWith("Primary"))
            .map(LabMachine::name)
            .collect(Collectors.joining(","));
    assertEquals(active, primary);
    String dc = one.sh("crmadmin --quiet --dc_lookup");
    return "active@%s dc@%s passive@%s passive of it@%s primary@%s promoted@%s secondary@%s"
        .formatted(active, dc, passive, passive, active, active, passive);
  }

  /** Twice the controller is killed; in the end a run changes nothing and the data is there. */
  @Test
  @Order(3)
  @Proves("S0-34")
  void whatIsTakenAwayFromAPairComesBack() throws Exception {
    Road.Travelled road =
        new Road(pair.machines(), pair.command(folder, "site.yml")).mend(2, random(2));
    report(road.kills().toString());
    assertEquals(List.of(), road.failures(), road::toString);
  }

  private static RandomGenerator random(int part) throws IOException, InterruptedException {
    return RandomGeneratorFactory.of("L64X128MixRandom")
        .create(31L * Commit.name().hashCode() + part);
  }

  /** Something that happens to a pair. It ends with both nodes in their places and in sync. */
  enum Event {
    /** First, because node1 is active then. */
    WORD_OF_OPERATOR_AND_DRBD,
    POWER_FAILURE,
    SWITCHOVER,
    WIPED_NODE
  }

  static List<Event> events() throws IOException, InterruptedException {
    List<Event> all = List.of(Event.values());
    return switch (System.getProperty("hactl.site", "")) {
      case "" -> List.of(all.get(Math.floorMod(Commit.name().hashCode(), all.size())));
      case "all" -> all;
      case String name -> List.of(Event.valueOf(name));
    };
  }

  @ParameterizedTest
  @MethodSource("events")
  @Order(4)
  @Proves({"S0-38", "S0-43"})
  void thePairStaysAPair(Event event) throws InterruptedException {
    switch (event) {
      case WORD_OF_OPERATOR_AND_DRBD -> whatTheOperatorAndDrbdDecidedStays();
      case POWER_FAILURE -> aPowerFailureOfTheActiveNodeIsSurvived();
      case SWITCHOVER -> thePassiveNodeTakesOver();
      case WIPED_NODE -> aWipedNodeBecomesAReplicaAgain();
    }
  }

  private void whatTheOperatorAndDrbdDecidedStays() {
    one.sh(
        """
        crm_attribute --type nodes --node node2 --name standby --update on
        crm_resource --ban --resource master-group --node node2 2> /dev/null
        cibadmin --create --scope constraints --xml-text '
          <rsc_location rsc="drbd-cluster" id="drbd-fence-by-handler-skydata-drbd-cluster">
            <rule role="Master" score="-INFINITY" id="drbd-fence-by-handler-skydata-rule-drbd-cluster">
              <expression attribute="#uname" operation="ne" value="node1"
                id="drbd-fence-by-handler-skydata-expr-drbd-cluster"/>
            </rule>
          </rsc_location>'
        """);
    two.await(PATIENCE, "the standby", "! grep -q '^ 1: cs:[^U]' /proc/drbd");
    untouched();
    switchoverIsRefused();
    one.sh("crm_attribute --name maintenance-mode --update true");
    untouched();
    one.sh(
        """
        crm_attribute --name maintenance-mode --delete
        crm_resource --clear --resource master-group
        cibadmin --delete --xml-text '<rsc_location id="drbd-fence-by-handler-skydata-drbd-cluster"/>'
        crm_attribute --type nodes --node node2 --name standby --delete
        """);
    pair.inSync(PATIENCE);
  }

  private void untouched() {
    String before = one.sh("cibadmin --query --scope configuration");
    settled();
    assertEquals(before, one.sh("cibadmin --query --scope configuration"));
  }

  /** A run finds everything as wanted. */
  private void settled() {
    ToldEvents told = pair.told("site.yml");
    assertEquals(List.of(0, 0), told.changes(), told::toString);
  }

  private void switchoverIsRefused() {
    String before = one.sh("cibadmin --query --scope configuration");
    CommandLineRun refused = pair.run("switchover.yml");
    assertEquals(ExitCode.FAILED, refused.code(), refused::toString);
    assertTrue(refused.out().contains("the replicas are not in sync"), refused::toString);
    assertEquals(before, one.sh("cibadmin --query --scope configuration"));
  }

  private void aPowerFailureOfTheActiveNodeIsSurvived() {
    LabMachine active = pair.active();
    LabMachine other = active == one ? two : one;
    long off = System.nanoTime();
    active.off();
    LabHost.Result page = pair.pageWithin(PATIENCE);
    Duration outage = Duration.ofNanos(System.nanoTime() - off);
    assertTrue(page.out().contains("A page of the pair"), page::toString);
    assertEquals(other.name(), pair.active().name());
    report("the page was away for " + outage.toSeconds() + " s after the power failure");
    active.on(); // fencing did it already
    pair.inSync(PATIENCE);
    settled();
  }

  private void thePassiveNodeTakesOver() {
    LabMachine active = pair.active();
    String before = places();
    CommandLineRun run = pair.run(onBeforeAndAfter("switchover.yml"), ToldEvents.asked());
    assertEquals(ExitCode.OK, run.code(), run::toString);
    assertNotEquals(active.name(), pair.active().name());
    assertEquals(before + " " + places(), ToldEvents.of(run).okOn(TARGETS.keySet()), run::toString);
    assertEquals(0, pair.page().status());
    assertTrue(active.sh("cat /proc/drbd").contains("ro:Secondary/Primary"));
    assertEquals("", one.sh("cibadmin --query | grep -o 'cli-ban[^\"]*\\|name=\"standby\"' || :"));
    report(run.out().replaceAll("(?s).*(node. serves[^\"]*).*", "$1"));
  }

  /** One run that looks where things are, moves them, and looks again. */
  private String onBeforeAndAfter(String operation) {
    String rest =
        """
            - name: the cluster at rest
              shell: crmadmin --quiet --status $(crmadmin --quiet --dc_lookup) | grep S_IDLE
              changed_when: false
              until: ended.rc == 0
              register: ended
              retries: 60
              delay: 1
              run_once: true
        """;
    try {
      return Files.writeString(
              folder.resolve("moved.yml"),
              "- hosts: pair\n  tasks:\n"
                  + ON
                  + "- import_playbook: "
                  + Path.of("../playbooks").toAbsolutePath().normalize().resolve(operation)
                  + "\n- hosts: pair\n  tasks:\n"
                  + rest
                  + ON)
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void aWipedNodeBecomesAReplicaAgain() throws InterruptedException {
    LabMachine active = pair.active();
    LabMachine wiped = active == one ? two : one;
    // It leaves in good order: fenced while it boots anew, it would boot twice.
    wiped.sh("systemctl stop pacemaker corosync");
    wiped.reset();
    var missed = new AtomicInteger();
    var done = new AtomicBoolean();
    Thread client =
        new Thread(() -> {
          while (!done.get()) {
            missed.addAndGet(pair.page().status() == 0 ? 0 : 1);
          }
        });
    client.start();
    CommandLineRun run = pair.run("reinstall-slave.yml", "--limit", wiped.name());
    done.set(true);
    client.join();
    assertEquals(ExitCode.OK, run.code(), run::toString);
    assertEquals(0, missed.get(), "pages that did not come");
    assertEquals(active.name(), pair.active().name());
    pair.inSync(PATIENCE);
  }

  /** Into the report of this class, as evidence. */
  private static void report(String measured) {
    System.out.println(measured);
  }
}
