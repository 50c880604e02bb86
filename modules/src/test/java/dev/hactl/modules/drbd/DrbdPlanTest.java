package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.SeenReplicas.FOREIGN;
import static dev.hactl.modules.drbd.SeenReplicas.Member;
import static dev.hactl.modules.drbd.SeenReplicas.NEW;
import static dev.hactl.modules.drbd.SeenReplicas.OLD;
import static dev.hactl.modules.drbd.SeenReplicas.OLDER;
import static dev.hactl.modules.drbd.SeenReplicas.ONE;
import static dev.hactl.modules.drbd.SeenReplicas.OTHER;
import static dev.hactl.modules.drbd.SeenReplicas.TWO;
import static dev.hactl.modules.drbd.SeenReplicas.seen;
import static dev.hactl.modules.drbd.SeenReplicas.verdict;
import static dev.hactl.modules.drbd.SeenReplicas.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Step;
import dev.hactl.lab.Proves;
import dev.hactl.modules.ClusterVerdict;
import dev.hactl.modules.TaskText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of replicas, as a table of what was seen. */
class DrbdPlanTest {
  private static final String FIRST =
      """
      db1: create metadata on /dev/sdb for sky, db2: create metadata on /dev/sdb for sky
      db1: write /etc/drbd.d/sky.res, db2: write /etc/drbd.d/sky.res
      db1: bring up sky, db2: bring up sky
      """;

  @Test
  @Proves("S0-19")
  void emptyDisksAreForetoldToTheEnd() {
    assertEquals(
        FIRST
            + "db1: declare the empty replicas of sky equal\n"
            + "db2: make db2 the Primary of sky",
        verdict(", initial_sync: skip, primary: db2, source: db1", ONE, TWO));
    assertEquals(
        FIRST
            + "db2: copy the disk of db2 to db1 as sky !! copies the disk of db2 over that of db1 (sky@db2)",
        verdict(", source: db2", ONE, TWO));
    assertEquals(FIRST.strip(), verdict(", initial_sync: none", ONE, TWO));
  }

  /** Two programs: without the second one the source would stay Primary. */
  @Test
  void aFirstSyncIsNotCutInTheMiddle() {
    Member one =
        ONE.with(NEW)
            .running("Secondary", "Inconsistent", "Connected", "Established", "Inconsistent");
    Member two =
        TWO.with(NEW)
            .running("Secondary", "Inconsistent", "Connected", "Established", "Inconsistent");
    DrbdWish wish = wish(", source: db2");
    var decided =
        (ClusterDecision.Decided<DrbdState>) new DrbdPlan(wish, seen(wish, one, two)).decide();
    var step = (Step.Script) decided.stages().getFirst().all().getFirst().steps().getFirst();
    assertEquals(Step.Interruption.PROTECTED, step.interruption());
    assertEquals("drbdadm primary --force sky < /dev/null && drbdadm secondary sky\n", step.text());
  }

  @Test
  @Proves("S0-19")
  void whatIsThereStays() {
    assertEquals("", verdict("", ONE.inSync("Primary"), TWO.inSync("Secondary")));
    assertEquals("", verdict(", primary: db2", ONE.inSync("Primary"), TWO.inSync("Secondary")));
    assertEquals(
        "db2: make db2 the Primary of sky",
        verdict(", primary: db2", ONE.inSync("Secondary"), TWO.inSync("Secondary")));
  }

  @Test
  void everythingThatCouldBeLostHasAName() {
    String ext4 = verdict("", ONE, TWO.bearing("ext4", "1234"));
    assertTrue(
        ext4.contains(
            "db2: replace what /dev/sdb bears by metadata of sky !! overwrites the file system ext4"
                + " with UUID 1234 on /dev/sdb of db2 (/dev/sdb@1234)"),
        ext4);
    String foreign = verdict("", ONE, TWO.with(FOREIGN));
    assertTrue(
        foreign.contains(
            "!! overwrites a replica's metadata (it was UpToDate), current UUID DDDDDDDDDDDDDDDD on"
                + " /dev/sdb of db2 (/dev/sdb@DDDDDDDDDDDDDDDD)"),
        foreign);
    String data = verdict("", ONE, TWO.dirty());
    assertTrue(
        data.contains("overwrites data that no tool recognises on /dev/sdb of db2 (db2:/dev/sdb)"),
        data);
  }

  @Test
  void aReplicaThatKnowsTheOthersDataIsKept() {
    assertEquals(
        "db1: create metadata on /dev/sdb for sky\n"
            + "db1: write /etc/drbd.d/sky.res\n"
            + "db1: bring up sky",
        verdict(
            "",
            ONE,
            TWO.with(OLD).running("Primary", "UpToDate", "Connecting", "Off", "DUnknown")));
    assertEquals(
        "db1: write /etc/drbd.d/sky.res\ndb1: bring up sky",
        verdict(
            "",
            ONE.with(OLDER),
            TWO.with(OLD).running("Primary", "UpToDate", "Connecting", "Off", "DUnknown")));
    assertEquals(
        "refused: /dev/sdb on db1 holds 1 MiB, and the replica of db2 needs 1 GiB",
        verdict("", ONE.sized(1 << 20), TWO.with(OLD).filed()));
  }

  @Test
  void nobodysDataIsGivenUp() {
    assertEquals(
        "refused: split brain: both replicas of sky were changed apart from each other. db1 holds"
            + " BBBBBBBBBBBBBBBB (down), db2 holds CCCCCCCCCCCCCCCC (down). They are not joined: a"
            + " person decides whose data is lost",
        verdict("", ONE.with(OLDER).filed(), TWO.with(OTHER).filed()));
    String unrelated = verdict("", ONE.with(OLD).filed(), TWO.with(FOREIGN).filed());
    assertTrue(
        unrelated.startsWith("refused: the replicas of sky never were the same data."), unrelated);
  }

  /** One is seen when the sync has begun, which made its identifier anew, the other just before. */
  @Test
  void whoMeetsWhileBeingLookedAtIsWaitedFor() {
    Member source =
        TWO.with(OLDER).running("Secondary", "UpToDate", "Connecting", "Off", "DUnknown");
    Member target =
        ONE.with(FOREIGN)
            .running("Secondary", "Inconsistent", "Connected", "SyncTarget", "UpToDate");
    assertEquals("db1: wait until sky is in sync, 2 MiB to go", verdict("", target, source));
    Member lost =
        ONE.with(FOREIGN).running("Secondary", "Inconsistent", "Connecting", "Off", "DUnknown");
    assertTrue(
        verdict("", lost, source)
            .startsWith("refused: the replicas of sky never were the same data."));
  }

  @Test
  @Proves("S0-20")
  void aFirstSyncNeedsEverybodyAndEmptyDisks() {
    Member one =
        ONE.with(NEW)
            .running("Secondary", "Inconsistent", "Connected", "Established", "Inconsistent");
    Member two =
        TWO.with(NEW)
            .running("Secondary", "Inconsistent", "Connected", "Established", "Inconsistent");
    assertEquals(
        "db1: declare the empty replicas of sky equal", verdict(", initial_sync: skip", one, two));
    assertTrue(
        verdict(", initial_sync: skip", one, two.dirty())
            .startsWith("refused: /dev/sdb on db2 is not provably empty"));
    DrbdWish wish = wish(", initial_sync: skip");
    Members<DrbdState> limited = new Members<>(seen(wish, one, two).all(), Set.of("db1"));
    assertEquals(
        List.of(
            "refused: the first sync of sky needs all its members, and this run leaves out db2"),
        ClusterVerdict.of(new Drbd().plan(wish, limited)));
    Member known =
        TWO.with(OLD)
            .running("Secondary", "Inconsistent", "Connected", "Established", "Inconsistent");
    assertEquals("", verdict(", initial_sync: skip", one, known));
  }

  @Test
  void withAMemberOutOfSightNothingIsDone() {
    DrbdWish wish = wish("");
    var states = new LinkedHashMap<String, Optional<DrbdState>>();
    states.put("db1", Optional.of(ONE.state(wish)));
    states.put("db2", Optional.empty());
    assertEquals(
        List.of(
            "refused: a replicated disk is changed only when all its members can be observed: db2"
                + " (no route to host)"),
        ClusterVerdict.of(
            new Drbd().plan(wish, ClusterVerdict.members(states, Set.of("db1", "db2")))));
    states.put("db1", Optional.of(ONE.inSync("Primary").state(wish)));
    assertEquals(
        List.of(),
        ClusterVerdict.of(
            new Drbd().plan(wish, ClusterVerdict.members(states, Set.of("db1", "db2")))));
  }

  @Test
  void whatPacemakerHasIsLeftDown() {
    assertEquals(
        "",
        verdict(
            ", primary: db1",
            ONE.with(OLD).filed().ofPacemaker(),
            TWO.inSync("Secondary").ofPacemaker()));
  }

  @Test
  void aRunningSyncIsWaitedFor() {
    Member source =
        ONE.with(OLDER).running("Primary", "UpToDate", "Connected", "SyncSource", "Inconsistent");
    Member target =
        TWO.with(OLD).running("Secondary", "Inconsistent", "Connected", "SyncTarget", "UpToDate");
    assertEquals("db1: wait until sky is in sync, 2 MiB to go", verdict("", source, target));
    assertEquals("", verdict(", wait: false", source, target));
  }

  @Test
  void adjustingIsAsStrongAsItsDryRun() {
    String net = "drbdsetup-84 net-options a b --set-defaults --max-buffers=8000";
    assertEquals(
        "db1: adjust sky to its configuration",
        verdict("", ONE.inSync("Primary").pending(net), TWO.inSync("Secondary")));
    assertEquals(
        "db1: adjust sky to its configuration !interrupts the replication of sky",
        verdict(
            "",
            ONE.inSync("Primary").pending("drbdsetup-84 disconnect a b"),
            TWO.inSync("Secondary")));
    assertTrue(
        verdict("", ONE.inSync("Primary").pending("drbdsetup-84 detach 1"), TWO.inSync("Secondary"))
            .startsWith("refused: sky runs with another disk or device on db1"));
  }

  @Test
  void aChangedFileOfARunningResourceIsRehearsed() {
    DrbdWish wish = wish(", net: {max-buffers: 8000}");
    DrbdWish old = wish("");
    ClusterDecision<DrbdState> asked =
        new Drbd().plan(wish, seen(old, ONE.inSync("Primary"), TWO.inSync("Secondary")));
    assertEquals(List.of("ask db1"), ClusterVerdict.of(asked));
    var first = (ClusterDecision.Ask<DrbdState, ?>) asked;
    Adjustment net =
        Adjustment.parse("drbdsetup-84 net-options a b --set-defaults --max-buffers=8000");
    var second = (ClusterDecision.Ask<DrbdState, ?>) first.answered(net);
    assertEquals(
        List.of(
            "db1: update /etc/drbd.d/sky.res, db2: update /etc/drbd.d/sky.res",
            "db1: adjust sky to its configuration, db2: adjust sky to its configuration"),
        ClusterVerdict.of(second.answered(net)));
  }

  @Test
  void mistakesAreToldBeforeAnythingIsConnected() {
    for (String bad :
        List.of(
            "{resource: sky, device: 1, disk: /dev/sdb}",
            "{resource: sky, device: /dev/sda, disk: /dev/sdb, address: 192.0.2.0/24}",
            "{resource: sky, device: 1, disk: /dev/drbd2, address: 192.0.2.0/24}",
            "{resource: sky, device: 1, disk: /dev/sdb, address: {db1: web.example}}",
            "{resource: sky, device: 1, disk: /dev/sdb, address: 192.0.2.0/24, net: {Max: 1}}",
            "{resource: sky, device: 1, disk: /dev/sdb, content: 'resource mail {}'}")) {
      assertThrows(RuntimeException.class, () -> TaskText.bind(new Drbd(), bad), bad);
    }
  }
}
