package dev.hactl.modules.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.Proves;
import dev.hactl.modules.look.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was printed by the tools of a real pair (Pacemaker 2.1.5, DRBD 8.4.11), and by none. */
class NodeViewTest {
  static final String DF =
      """
      Filesystem     1024-blocks   Used Available Capacity Mounted on
      /dev/root          6163296 809144   5337768      14% /
      /dev/drbd1           90293     62     83066       1% /drbd data
      /dev/drbd1           90293     62     83066       1% /var/lib/nfs
      """;

  private static final Map<String, String> PRINTED =
      Map.of(
          "name", "node1\n",
          "drbd",
              """
              exists resource name:skydata role:Primary suspended:no write-ordering:flush
              exists connection name:skydata peer-node-id:0 conn-name:peer connection:Connected role:Secondary congested:no
              exists device name:skydata volume:0 minor:1 disk:UpToDate size:102360 read:4648
              exists peer-device name:skydata peer-node-id:0 conn-name:peer volume:0 replication:Established peer-disk:UpToDate resync-suspended:no out-of-sync:0
              exists -
              """,
          "cib",
              """
              <cib epoch="6" num_updates="66" admin_epoch="0"><configuration><crm_config/><nodes/>
              <resources><group id="g"><primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2">
              <instance_attributes id="i"><nvpair id="n" name="ip" value="10.77.0.100"/>
              <nvpair id="m" name="cidr_netmask" value="24"/></instance_attributes></primitive></group></resources>
              <constraints><rsc_location id="cli-ban-g-on-node2" rsc="g" node="node2" score="-INFINITY"/>
              <rsc_location id="mine" rsc="g" node="node1" score="10"/></constraints></configuration></cib>
              """,
          "addresses",
              """
              1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
              2: vec0    inet 10.77.0.1/24 scope global vec0\\       valid_lft forever preferred_lft forever
              2: vec0    inet 10.77.0.100/24 scope global secondary vec0\\       valid_lft forever
              2: vec0    inet6 fe80::68:61ff:fe00:1/64 scope link \\       valid_lft forever
              """,
          "space", DF,
          "loops",
              """
              /sys/block/loop9/loop/backing_file:/data/drbd.img
              /sys/block/loop9/loop/offset:0
              /sys/block/loop9/size:204800
              /sys/block/loop1/size:0
              """,
          "exports", "/drbd/exports\t*(rw,sync,fsid=0,sec=sys)10.0.0.0/8(ro)\n");

  static NodeView node(Map<String, String> printed) {
    return NodeView.read(new Look.Seen(printed));
  }

  static String crmMon() throws IOException {
    try (var in = NodeViewTest.class.getResourceAsStream("crm_mon.xml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A node of the pair, some of its answers exchanged. */
  static NodeView node(String name, String... other) throws IOException {
    var printed = new HashMap<>(PRINTED);
    printed.put("mon", crmMon());
    printed.put("name", name + "\n");
    for (int i = 0; i < other.length; i += 2) {
      printed.put(other[i], other[i + 1]);
    }
    return node(printed);
  }

  @Test
  @Proves("S0-35")
  void everythingIsRead() throws IOException {
    NodeView node = node("node1");
    assertEquals("node1", node.name());
    assertTrue(node.replicas().getFirst().inSync());
    assertEquals(List.of("10.77.0.100"), node.configured().virtualAddresses());
    assertEquals(List.of("cli-ban-g-on-node2"), node.configured().bans());
    assertEquals(
        List.of("127.0.0.1", "10.77.0.1", "10.77.0.100", "fe80::68:61ff:fe00:1"), node.addresses());
    assertEquals(
        List.of("/", "/drbd data"),
        node.spaces().stream().map(NodeView.Space::mountPoint).toList(),
        "the same device once");
    assertEquals(14, node.spaces().getFirst().percent());
    assertEquals(
        List.of(new NodeView.Image("/data/drbd.img", "/dev/loop9", 204800L * 512)), node.images());
    assertEquals(List.of("/drbd/exports *10.0.0.0/8"), node.exports());
  }

  @Test
  void aHostWithoutAnyOfItIsNoError() {
    NodeView bare = node(Map.of("name", "bare\n"));
    assertEquals(Optional.empty(), bare.cluster());
    assertFalse(bare.configured().known());
    assertEquals(List.of(), bare.replicas());
    assertEquals(List.of(), bare.spaces());
  }

  @Test
  @Proves({"S0-35", "S3-12"})
  void pacemakersStatusIsRead() throws IOException {
    ClusterStatus status = ClusterStatus.parse(crmMon()).orElseThrow();
    assertEquals("node1", status.dc());
    assertTrue(status.quorum());
    assertTrue(status.fencing());
    assertFalse(status.maintenance());
    assertEquals("online", Objects.requireNonNull(status.nodes().get("node2")).state());
    assertEquals(Map.of("master-skydata", "10000"), status.attributes("node2"));
    assertEquals(
        List.of("skyfs", "vip-master", "main", "nfs-daemon", "nfs-root"),
        status.resources().stream()
            .filter(r -> r.container().equals("master-group"))
            .map(ClusterStatus.Resource::id)
            .toList());
    assertEquals(
        List.of("Unpromoted [node2]", "Promoted [node1]"),
        status.resources().stream()
            .filter(r -> r.container().equals("drbd-cluster"))
            .map(r -> r.role() + " " + r.nodes())
            .toList());
  }

  /** Words of Pacemaker 1.1 (crm_mon -X), and of a cluster with troubles. */
  @Test
  void troublesAreRead() {
    ClusterStatus status =
        ClusterStatus.parse(
                """
                <crm_mon version="1.1.24">
                  <summary><current_dc present="true" name="a" with_quorum="false"/>
                    <cluster_options stonith-enabled="false" maintenance-mode="true"/></summary>
                  <nodes><node name="a" online="true" standby="true" unclean="false"/>
                    <node name="b" online="false" unclean="true"/>
                    <node name="c" online="false" unclean="false"/></nodes>
                  <resources><clone id="ms"><resource id="d" resource_agent="ocf::linbit:drbd" role="Master"
                    managed="false" failed="true"><node name="a"/></resource></clone></resources>
                  <node_history><node name="a"><resource_history id="d" fail-count="INFINITY"/>
                    <resource_history id="e" fail-count="0"/></node></node_history>
                  <failures><failure op_key="d_monitor_0" node="a" exitstatus="not running" exitreason=""/></failures>
                </crm_mon>
                """)
            .orElseThrow();
    assertEquals(
        List.of("standby", "unclean", "offline"),
        status.nodes().values().stream().map(ClusterStatus.Node::state).toList());
    assertEquals(
        List.of(
            new ClusterStatus.Resource(
                "d",
                "ms",
                "ocf:linbit:drbd",
                "Promoted",
                List.of("a"),
                List.of("failed", "unmanaged"))),
        status.resources());
    assertEquals(List.of(new ClusterStatus.FailCount("d", "a", "INFINITY")), status.failCounts());
    assertEquals(
        List.of(new ClusterStatus.Failure("d_monitor_0", "a", "not running", "")),
        status.failures());
  }
}
