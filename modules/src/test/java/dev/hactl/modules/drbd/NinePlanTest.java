package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.NineReplicas.DATA;
import static dev.hactl.modules.drbd.NineReplicas.DUMP;
import static dev.hactl.modules.drbd.NineReplicas.NEW;
import static dev.hactl.modules.drbd.NineReplicas.decided;
import static dev.hactl.modules.drbd.NineReplicas.events;
import static dev.hactl.modules.drbd.NineReplicas.file;
import static dev.hactl.modules.drbd.NineReplicas.running;
import static dev.hactl.modules.drbd.NineReplicas.seen;
import static dev.hactl.modules.drbd.NineReplicas.verdict;
import static dev.hactl.modules.drbd.SeenReplicas.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.modules.ClusterVerdict;
import dev.hactl.modules.TaskText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is decided about replicas of DRBD 9. */
class NinePlanTest {
  private static final String CREATE = "create metadata on /dev/sdb for sky";

  @Test
  void emptyDisksBecomeOne() {
    ClusterDecision<DrbdState> decision =
        decided(wish(", initial_sync: skip, primary: db2"), Map.of(), Map.of());
    assertEquals(
        List.of(
            "db1: " + CREATE + ", db2: " + CREATE,
            "db1: write /etc/drbd.d/sky.res, db2: write /etc/drbd.d/sky.res",
            "db1: bring up sky, db2: bring up sky",
            "db2: declare the empty replicas of sky equal",
            "db2: make db2 the Primary of sky"),
        ClusterVerdict.of(decision));
    String steps = decision.toString();
    // LINBIT/drbd-utils, tests/v9/check-resize-bm-offset.test: drbdmeta --force - v09 ... create-md
    // 4
    assertTrue(steps.contains("drbdmeta --force 1 v09 \"$r\" internal create-md 7"), steps);
    // drbdadm 9.22.0 takes the resource for its only volume: drbdsetup new-current-uuid 1
    // --clear-bitmap
    assertTrue(steps.contains("drbdadm new-current-uuid --clear-bitmap sky"), steps);
  }

  /**
   * With more room for peers a replica of the same size holds less; then DRBD 9 says "The peer's
   * disk size is too small!" (LINBIT/drbd 9.3.3, drbd_receiver.c). Converted from 8.4, metadata has
   * room for one: drbdmeta 9.22.0, "Warning: setting max_peers to 1 instead of 7".
   */
  @Test
  void newMetadataHasAsMuchRoomAsThatOfTheData() {
    DrbdWish wish = wish("");
    Map<String, String> down =
        Map.of("file", "there\n" + file(wish), "md", DUMP, "signs", "read\n0x3fff03c,,,drbd\n");
    String told = decided(wish, Map.of(), down).toString();
    assertTrue(told.contains("drbdmeta --force 1 v09 \"$r\" internal create-md 1 <"), told);

    var asked =
        (ClusterDecision.Ask<DrbdState, ?>) decided(wish, Map.of(), running(wish, DATA, ""));
    assertEquals(List.of("ask db2"), ClusterVerdict.of(asked));
    String question = asked.probe().question().toString();
    assertTrue(question.contains("drbdmeta --force - v09 \"$r\" internal dump-md"), question);
    for (int slots : List.of(1, 3)) {
      String steps = asked.answered(slots).toString();
      assertTrue(steps.contains("internal create-md " + slots + " <"), steps);
    }
    assertTrue(asked.answered(0).toString().contains("internal create-md 7 <"));
  }

  @Test
  void whatIsThereIsKept() {
    DrbdWish wish = wish("");
    assertEquals("", verdict(wish, running(wish, DATA, ""), running(wish, DATA, "")));
    Map<String, String> fresh = new LinkedHashMap<>(running(wish, NEW, ""));
    fresh.put(
        "events",
        events(
            "Secondary",
            "Inconsistent",
            "Connected",
            "replication:Established peer-disk:Inconsistent"));
    assertEquals(
        "db1: declare the empty replicas of sky equal",
        verdict(wish(", initial_sync: skip"), fresh, fresh));
    Map<String, String> crashed =
        Map.of(
            "file",
            "there\n" + file(wish),
            "signs",
            "read\n0x3fff03c,,,drbd\n",
            "md",
            DUMP.replace(
                "max-peers",
                "This_is_an_unclean_meta_data_dump._Don't_trust_the_bitmap.\n\nmax-peers"));
    assertEquals("db1: bring up sky", verdict(wish, crashed, running(wish, DATA, "")));
  }

  /** With more members than the engine lets a module ask, all the same all of them adjust. */
  @Test
  void fourNodesBecomeOneAndChangeTogether() {
    String task =
        "{resource: sky, device: /dev/drbd1, disk: /dev/sdb, initial_sync: skip, address: {db1:"
            + " 192.0.2.1, db2: 192.0.2.2, db3: 192.0.2.3, db4: 192.0.2.4}%s}";
    DrbdWish before = TaskText.bind(new Drbd(), task.formatted(""));
    DrbdWish wish = TaskText.bind(new Drbd(), task.formatted(", net: {max-buffers: 8000}"));
    var addresses = new LinkedHashMap<String, String>();
    var bare = new LinkedHashMap<String, Optional<DrbdState>>();
    for (int i = 1; i <= 4; i++) {
      addresses.put("db" + i, "192.0.2." + i);
      bare.put("db" + i, Optional.of(seen(wish, "db" + i, Map.of())));
    }
    List<String> first =
        ClusterVerdict.of(new Drbd().plan(wish, ClusterVerdict.members(bare, bare.keySet())));
    assertEquals(4, first.size());
    assertEquals("db1: declare the empty replicas of sky equal", first.getLast());

    String file = ResourceFile.write(before, addresses, true, Map.of());
    var states = new LinkedHashMap<String, Optional<DrbdState>>();
    for (String node : addresses.keySet()) {
      var parts = new LinkedHashMap<String, String>(running(before, DATA, ""));
      parts.put("file", "there\n" + file);
      states.put(node, Optional.of(seen(wish, node, parts)));
    }
    ClusterDecision<DrbdState> decision =
        new Drbd().plan(wish, ClusterVerdict.members(states, states.keySet()));
    Adjustment net =
        Adjustment.parse("drbdsetup net-options sky 1 --set-defaults --max-buffers=8000\n");
    for (String node : List.of("db1", "db2", "db3")) {
      assertEquals(List.of("ask " + node), ClusterVerdict.of(decision));
      decision = ((ClusterDecision.Ask<DrbdState, ?>) decision).answered(net);
    }
    String adjust = ": adjust sky to its configuration";
    assertEquals(
        "db1" + adjust + ", db2" + adjust + ", db3" + adjust + ", db4" + adjust,
        ClusterVerdict.of(decision).getLast());
  }

  @Test
  void adjustingIsAsStrongAsItsDryRun() {
    DrbdWish wish = wish("");
    Map<String, String> two = running(wish, DATA, "");
    // LINBIT/drbd-utils 9.34, tests/v9/adjust_order.test, its last lines
    assertEquals(
        "db1: adjust sky to its configuration",
        verdict(
            wish,
            running(
                wish,
                DATA,
                """
                drbdmeta 1 v09 /dev/sdb internal repair-md
                drbdmeta 1 v09 /dev/sdb internal apply-al
                drbdsetup attach 1 /dev/sdb /dev/sdb internal --md-flushes=no
                """),
            two));
    assertEquals(
        "db1: adjust sky to its configuration !interrupts the replication of sky",
        verdict(wish, running(wish, DATA, "drbdsetup del-peer sky 1\n"), two));
    assertTrue(
        verdict(wish, running(wish, DATA, "drbdsetup detach --diskless 1\n"), two)
            .startsWith("refused: sky runs with another disk or device on db1"));
  }

  @Test
  void nobodysDataIsGivenUp() {
    DrbdWish wish = wish("");
    Map<String, String> old =
        Map.of(
            "md", "md\nNo valid meta data found\nother v08\n", "signs", "read\n0x3fff03c,,,drbd\n");
    assertEquals(
        "refused: /dev/sdb on db1 bears DRBD metadata of the format v08, which DRBD 9.1.4 does not"
            + " read: 'drbdadm create-md sky' converts it, hactl does not",
        verdict(wish, old, Map.of()));
    Map<String, String> older = new LinkedHashMap<>(Map.of("md", "md\nNo valid\nother v09\n"));
    older.put("head", "node db1\ntools\nversion 8.4.11\nloaded\n");
    assertEquals(
        "refused: /dev/sdb on db1 bears DRBD metadata of the format v09, which DRBD 8.4.11 does"
            + " not read: it was made by DRBD 9",
        verdict(wish, older, Map.of("head", "node db2\ntools\nversion 8.4.11\nloaded\n")));
    assertEquals(
        "impossible: DRBD 8.4 and 9 do not replicate with each other here",
        verdict(wish, older, Map.of()));
    Map<String, String> other =
        Map.of(
            "file",
            "there\n" + file(wish),
            "signs",
            "read\n0x3fff03c,,,drbd\n",
            "md",
            DUMP.replace("0x8DE13B1FF0FC9D0A", "0x71C2C524771332C6"));
    assertTrue(
        verdict(wish, other, Map.of("file", "there\n" + file(wish), "md", DUMP))
            .startsWith("refused: the replicas of sky never were the same data."));
  }

  /** DRBD 9 User's Guide, drbdsetup events2: a resource of two volumes, with the minors 7 and 8. */
  @Test
  void theSecondVolumeOfAnotherResourceHasItsDeviceToo() {
    DrbdWish wish =
        TaskText.bind(new Drbd(), SeenReplicas.TASK.formatted("").replace("drbd1", "drbd8"));
    Map<String, String> other =
        Map.of(
            "events",
            """
            exists resource name:r0 role:Secondary suspended:no
            exists connection name:r0 peer-node-id:1 conn-name:remote-host connection:Connected role:Secondary
            exists device name:r0 volume:0 minor:7 disk:UpToDate
            exists device name:r0 volume:1 minor:8 disk:UpToDate
            exists -
            """);
    assertEquals(
        "refused: /dev/drbd8 on db1 belongs to the resource r0", verdict(wish, other, Map.of()));
  }
}
