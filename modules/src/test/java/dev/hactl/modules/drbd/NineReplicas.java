package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.SeenReplicas.wish;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Probe;
import dev.hactl.modules.ClusterVerdict;
import dev.hactl.modules.look.Look;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replicas of DRBD 9 as nodes tell of them: recorded answers go in by the module's own probe. Their
 * sources are named in {@link NineEventsTest}, {@link NineMetadataTest} and {@link NineAdjustTest}.
 */
final class NineReplicas {
  private static final String PEERS = "0000000000000000:0000000000000000:0000000000000000";

  /** drbdmeta 9.22.0, get-gi after create-md, and with other identifiers in the same form. */
  static final String NEW = "gi\n0000000000000004:" + PEERS + ":0:0:0:0:1:0:0:0:0:0:0:0\n";

  static final String DATA = "gi\n8DE13B1FF0FC9D0A:" + PEERS + ":1:1:0:0:1:0:0:1:0:0:0:1\n";

  /** drbdmeta 9.22.0, dump-md after create-md 1 and set-gi, shortened. */
  static final String DUMP =
      """
      md
      version "v09";

      max-peers 1;
      node-id 1;
      current-uuid 0x8DE13B1FF0FC9D0A;
      flags 0x00000091;
      """;

  private NineReplicas() {}

  /** What one node answers; what is not given is that of a host with an empty disk. */
  static DrbdState seen(DrbdWish wish, String node, Map<String, String> given) {
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

  static ClusterDecision<DrbdState> decided(
      DrbdWish wish, Map<String, String> one, Map<String, String> two) {
    var states = new LinkedHashMap<String, Optional<DrbdState>>();
    states.put("db1", Optional.of(seen(wish, "db1", one)));
    states.put("db2", Optional.of(seen(wish, "db2", two)));
    return new Drbd().plan(wish, ClusterVerdict.members(states, Set.of("db1", "db2")));
  }

  static String verdict(DrbdWish wish, Map<String, String> one, Map<String, String> two) {
    return String.join("\n", ClusterVerdict.of(decided(wish, one, two)));
  }

  static String file(DrbdWish wish) {
    var nodes = new LinkedHashMap<String, String>();
    nodes.put("db1", "192.0.2.1");
    nodes.put("db2", "192.0.2.2");
    return ResourceFile.write(wish, nodes, true, Map.of());
  }

  /** The words of LINBIT/linstor-server's DrbdEventsMonitorTest.java at 77e770f3. */
  static String events(String role, String disk, String connection, String more) {
    return """
    exists resource name:sky role:%s suspended:no may_promote:no promotion_score:10102
    exists connection name:sky peer-node-id:1 conn-name:peer connection:%s role:Secondary
    exists device name:sky volume:0 minor:1 disk:%s client:no quorum:yes
    exists peer-device name:sky peer-node-id:1 conn-name:peer volume:0 %s peer-client:no resync-suspended:no
    exists -
    """
        .formatted(role, connection, disk, more);
  }

  static Map<String, String> running(DrbdWish wish, String md, String adjust) {
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
}
