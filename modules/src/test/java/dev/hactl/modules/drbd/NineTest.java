package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.SeenReplicas.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Probe;
import dev.hactl.modules.ClusterVerdict;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.look.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is decided about replicas of DRBD 9: recorded answers go in by the module's own probe. Their
 * sources are named in {@link NineEventsTest}, {@link NineMetadataTest} and {@link NineAdjustTest}.
 */
class NineTest {
  private static final String PEERS = "0000000000000000:0000000000000000:0000000000000000";

  /** drbdmeta 9.22.0, get-gi after create-md, and with other identifiers in the same form. */
  private static final String NEW = "gi\n0000000000000004:" + PEERS + ":0:0:0:0:1:0:0:0:0:0:0:0\n";

  private static final String DATA = "gi\n8DE13B1FF0FC9D0A:" + PEERS + ":1:1:0:0:1:0:0:1:0:0:0:1\n";

  /** drbdmeta 9.22.0, dump-md after create-md 1 and set-gi, shortened. */
  private static final String DUMP =
      """
      md
      version "v09";

      max-peers 1;
      node-id 1;
      current-uuid 0x8DE13B1FF0FC9D0A;
      flags 0x00000091;
      """;

  private static final String CREATE = "create metadata on /dev/sdb for sky";

  /** What one node answers; what is not given is that of a host with an empty disk. */
  private static DrbdState seen(DrbdWish wish, String node, Map<String, String> given) {
    var parts = new LinkedHashMap<String, String>();
    Probe<DrbdState> probe = DrbdProbe.probe(wish);
    for (String name : ((Look) probe.question()).parts().keySet()) {
      parts.put(name, "");
    }
    parts.put("head", "node " + node + "\ntools\nversion 9.1.4\nloaded\n");
    parts.put("disk", "real /dev/sdb\nblock\nsize 2097152\ndev 8:16\nblank\n");
    parts.put("signs", "read\n");
    parts.put("md", "md\nNo valid meta data found\n");
    parts.putAll(given);
    return probe.parser().apply(Look.Seen.answer(parts));
  }

  private static ClusterDecision<DrbdState> decided(
      DrbdWish wish, Map<String, String> one, Map<String, String> two) {
    var states = new LinkedHashMap<String, Optional<DrbdState>>();
    states.put("db1", Optional.of(seen(wish, "db1", one)));
    states.put("db2", Optional.of(seen(wish, "db2", two)));
    return new Drbd().plan(wish, ClusterVerdict.members(states, Set.of("db1", "db2")));
  }

  private static String verdict(DrbdWish wish, Map<String, String> one, Map<String, String> two) {
    return String.join("\n", ClusterVerdict.of(decided(wish, one, two)));
  }

  private static String file(DrbdWish wish) {
    var nodes = new LinkedHashMap<String, String>();
    nodes.put("db1", "192.0.2.1");
    nodes.put("db2", "192.0.2.2");
    return ResourceFile.write(wish, nodes, true, Map.of());
  }

  /** The words of LINBIT/linstor-server's DrbdEventsMonitorTest.java at 77e770f3. */
  private static String events(String role, String disk, String connection, String more) {
    return """
    exists resource name:sky role:%s suspended:no may_promote:no promotion_score:10102
    exists connection name:sky peer-node-id:1 conn-name:peer connection:%s role:Secondary
    exists device name:sky volume:0 minor:1 disk:%s client:no quorum:yes
    exists peer-device name:sky peer-node-id:1 conn-name:peer volume:0 %s peer-client:no resync-suspended:no
    exists -
    """
        .formatted(role, connection, disk, more);
  }

  private static Map<String, String> running(DrbdWish wish, String md, String adjust) {
    return Map.of(
        "file",
        "there\n" + file(wish),
        "md",
        md,
        "signs",
        "read\n0x3fff03c,,,drbd\n",
        "adjust",
        adjust,
        "events",
        events("Secondary", "UpToDate", "Connected", "replication:Established peer-disk:UpToDate"));
  }

  /** The resource file as the DRBD 9 User's Guide has its options: fencing in net, unfence-peer. */
  @Test
  void theFileOfTwoNodes() {
    assertEquals(
        """
        # Written by hactl.
        resource sky {
          device /dev/drbd1 minor 1;
          disk /dev/sdb;
          meta-disk internal;
          net {
            verify-alg crc32c;
            fencing resource-and-stonith;
            protocol C;
          }
          disk {
            on-io-error detach;
          }
          options {
            quorum majority;
          }
          handlers {
            fence-peer "/usr/lib/drbd/crm-fence-peer.9.sh";
            unfence-peer "/usr/lib/drbd/crm-unfence-peer.9.sh";
          }
          on db1 {
            node-id 0;
            address ipv4 192.0.2.1:7789;
          }
          on db2 {
            node-id 1;
            address ipv4 192.0.2.2:7789;
          }
        }
        """,
        file(
            wish(
                ", fencing: resource-and-stonith, net: {verify-alg: crc32c}, disk_options:"
                    + " {on-io-error: detach}, options: {quorum: majority}")));
    assertFalse(file(wish("")).contains("handlers"));
    assertFalse(file(wish("")).contains("connection-mesh"));
  }

  /**
   * Who has an id keeps it. Record of what happens otherwise: hwameistor/hwameistor issue 289,
   * "ambiguous node id: meta-data: 2, config: 1" when the disk is attached.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                    | db1 db2     | db1=0 db2=1",
        "''                    | db2 db1     | db1=1 db2=0",
        "db1=0 db2=1           | db2 db1     | db1=0 db2=1",
        "db1=0 db2=1           | db0 db1 db2 | db0=2 db1=0 db2=1",
        "db1=1 db2=2 db3=3     | db1 db2 db3 | db1=1 db2=2 db3=3",
        "db1=0 db2=1           | db1 db9     | db1=0 db9=1",
        "db1=4 db2=4           | db1 db2     | db1=4 db2=0",
      })
  void nodeIds(String before, String nodes, String after) {
    var old = new StringBuilder("resource sky {\n");
    for (String pair : before.isEmpty() ? new String[0] : before.split(" ", -1)) {
      String[] words = pair.split("=", -1);
      old.append("on \"").append(words[0]).append("\" { node-id ").append(words[1]).append("; }\n");
    }
    var addresses = new LinkedHashMap<String, String>();
    for (String node : nodes.split(" ", -1)) {
      addresses.put(node, "192.0.2." + node.substring(2));
    }
    String text =
        ResourceFile.write(
            wish(""), addresses, true, ResourceFile.nodeIds(old.append('}').toString()));
    var ids = new StringBuilder();
    ResourceFile.nodeIds(text).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> ids.append(e.getKey()).append('=').append(e.getValue()).append(' '));
    assertEquals(after, ids.toString().strip());
    assertEquals(
        addresses.size() > 2,
        text.contains("  connection-mesh {\n    hosts " + nodes + ";\n  }\n"));
  }

  /** The lines of /proc/drbd that are recorded, and of {@code modinfo}: LINBIT/drbd issue 50. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 9.0.32-1 (api:2/proto:86-121) | ''    | 9.0.32-1 | true",
        "version: 9.1.8 (api:2/proto:86-121)    | ''    | 9.1.8    | true",
        "version: 9.3.3 (api:2/proto:118-124)   | ''    | 9.3.3    | true",
        "''                                     | 9.2.1 | 9.2.1    | false",
        "version: 8.4.11 (api:1/proto:86-101)   | ''    | 8.4.11   | true",
      })
  void version(String proc, String module, String version, boolean loaded, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("proc");
    if (!proc.isEmpty()) {
      Files.writeString(file, proc + "\n");
    }
    String asked =
        Objects.requireNonNull(((Look) DrbdProbe.probe(wish("")).question()).parts().get("head"))
            .replace("/proc/drbd", file.toString());
    String stand = "modinfo() { [ \"$*\" = '-F version drbd' ] && echo " + module + "; }\n";
    for (LocalShell shell : LocalShell.values()) {
      List<String> lines = shell.run(stand + asked).out().lines().toList();
      assertTrue(lines.contains("version " + version), shell + " " + lines);
      assertEquals(loaded, lines.contains("loaded"));
    }
    DrbdState state = seen(wish(""), "db1", Map.of("head", "node db1\nversion " + version));
    assertEquals(!version.startsWith("8."), state.modern());
  }

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

  /**
   * A file that drbdmanage wrote, as LINSTOR does after it: LINBIT/drbd-utils 9.34,
   * tests/v9/release_9_1_1.res, shortened. LINSTOR's lie in /var/lib/linstor.d:
   * LINBIT/linstor-client issue 19.
   */
  @Test
  void whatAnotherToolsFileClaimsIsTaken() {
    String file =
        """
        resource r0 {
           net { allow-two-primaries yes; }
           connection-mesh { hosts undertest pve3; }
            on undertest {
                node-id 1;
                address ipv4 10.1.1.1:7006;
                volume 0 {
                    device minor 143;
                    disk /dev/drbdpool/vm-105-disk-1_00;
                    disk { size 4194304k; }
                    meta-disk internal;
                }
            }
            on pve3 {
                node-id 2;
                address ipv4 10.1.1.3:7006;
                volume 0 { device minor 143; disk none; }
            }
        }
        """;
    assertEquals(
        List.of(
            new ResourceFile.Claims(
                "r0",
                List.of("/dev/drbdpool/vm-105-disk-1_00"),
                List.of(143, 143),
                List.of("10.1.1.1:7006", "10.1.1.3:7006"))),
        ResourceFile.claims(file));
    assertEquals(Map.of("undertest", 1, "pve3", 2), ResourceFile.nodeIds(file));
    DrbdWish wish = wish("");
    assertEquals(
        "refused: /dev/drbd1 on db2 belongs to the resource r0",
        verdict(wish, Map.of(), Map.of("others", file.replace("143", "1"))));
    String asked =
        Objects.requireNonNull(((Look) DrbdProbe.probe(wish).question()).parts().get("others"));
    assertTrue(asked.contains(" /var/lib/linstor.d/*.res;"), asked);
  }
}
