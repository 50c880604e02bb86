package dev.hactl.modules.corosync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LabMachine;
import dev.hactl.lab.OnMachine;
import dev.hactl.lab.Proves;
import dev.hactl.lab.WithMachines;
import dev.hactl.modules.contract.Playbook;
import dev.hactl.modules.nodes.Pair;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two bare machines become a cluster, and stay one whatever is changed. */
@WithMachines
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CorosyncIT {
  private static final String MEMBERS =
      """
      - corosync:
          cluster_name: skyha
          links:
            - {node1: 10.77.0.1, node2: 10.77.0.2}
            - 10.77.1.0/24
      """;
  private static final String CLUSTER = MEMBERS + "- pacemaker: {enabled: true}\n";

  @TempDir Path folder;
  private Pair pair;
  private LabMachine one;
  private LabMachine two;

  @BeforeEach
  void know(@OnMachine(1) LabMachine first, @OnMachine(2) LabMachine second) {
    one = first;
    two = second;
    pair = new Pair(folder, first, second);
  }

  private static String sum(LabMachine machine) {
    return machine.sh("stat -c '%a %U' /etc/corosync/authkey; sha256sum < /etc/corosync/authkey");
  }

  @Test
  @Order(1)
  @Proves({"S0-22", "S3-12"})
  void twoBareMachinesBecomeACluster() {
    // As Debian's package starts it: a cluster of one.
    one.sh(
        """
        cat > /etc/corosync/corosync.conf <<'X'
        totem {
          version: 2
          cluster_name: debian
          transport: knet
          crypto_cipher: none
          crypto_hash: none
        }
        nodelist {
          node {
            ring0_addr: 127.0.0.1
            name: node1
            nodeid: 1
          }
        }
        quorum {
          provider: corosync_votequorum
        }
        X
        systemctl start corosync
        """);
    Playbook.Run check = pair.check(CLUSTER);
    assertEquals(0, check.exit(), check.story());
    assertTrue(
        check.story().contains("stop the cluster of one without resources that runs here"),
        check.story());
    assertEquals("", two.sh("ls /etc/corosync/authkey 2> /dev/null || :"));
    pair.converges(CLUSTER);
    assertEquals(sum(one), sum(two));
    assertTrue(sum(one).startsWith("400 root"), sum(one));
    assertEquals(
        one.sh("cat /etc/corosync/corosync.conf"), two.sh("cat /etc/corosync/corosync.conf"));
    assertEquals("2", two.sh("crm_mon -1 --output-as=xml | grep -c '<node .*online=\"true\"'"));
    assertTrue(one.sh("corosync-cfgtool -s").contains("LINK ID 1"));
  }

  @Test
  @Order(2)
  void whatCanBeReloadedDisturbsNobody() {
    String before = one.sh("systemctl show -p MainPID corosync pacemaker");
    String longer = CLUSTER.replace("    links:", "    totem: {token: 6000}\n    links:");
    pair.converges(longer);
    assertEquals("6000", two.sh("corosync-cmapctl -g runtime.config.totem.token | sed 's/.*= //'"));
    assertEquals(before, one.sh("systemctl show -p MainPID corosync pacemaker"));
    pair.converges(CLUSTER);
  }

  @Test
  @Order(3)
  void whatWouldSplitTheClusterIsRefused() {
    String before = one.sh("cat /etc/corosync/corosync.conf");
    pair.refused(
        CLUSTER.replace("    links:", "    crypto_cipher: aes128\n    links:"),
        "totem.crypto_cipher changes only while Corosync is down on all members",
        "disruptive");
    pair.refused(
        CLUSTER.replace("skyha", "other"), "totem.cluster_name changes only while", "disruptive");
    String key = "QUJD".repeat(64);
    pair.refused(
        CLUSTER.replace("    links:", "    authkey: " + key + "\n    links:"),
        "the key of a cluster changes only while Corosync is down on all members",
        "disruptive");
    assertEquals(before, one.sh("cat /etc/corosync/corosync.conf"));
  }

  @Test
  @Order(4)
  void restartsGoOneByOne() {
    String mtu = CLUSTER.replace("    links:", "    totem: {netmtu: 1400}\n    links:");
    pair.refused(mtu, "restarts corosync and with it all resources of");
    pair.converges(mtu, "disruptive");
    two.await(
        Duration.ofSeconds(60),
        "both nodes",
        "[ \"$(crm_mon -1 --output-as=xml | grep -c '<node .*online=\"true\"')\" = 2 ]");
    pair.converges(CLUSTER, "disruptive");
  }

  @Test
  @Order(5)
  void anOperatorsStandbyIsNotEnded() {
    one.sh("crm_attribute -N node1 -n standby -v on -l forever");
    one.await(
        Duration.ofSeconds(60),
        "the standby",
        "crm_mon -1 --output-as=xml | grep -q '<node name=\"node1\".*standby=\"true\"'");
    pair.quiet(CLUSTER);
    assertEquals("on", one.sh("crm_attribute -N node1 -n standby -G -q"));
    Playbook.Run back = pair.applyOn("node1", "- pacemaker: {node: online}\n");
    assertEquals(0, back.exit(), back.story());
    assertTrue(back.story().contains("end the standby of node1"), back.story());
    Playbook.Run away = pair.applyOn("node2", "- pacemaker: {node: standby}\n");
    assertEquals(0, away.exit(), away.story());
    assertEquals("on", one.sh("crm_attribute -N node2 -n standby -G -q"));
    pair.applyOn("node2", "- pacemaker: {node: online}\n");
  }

  @Test
  @Order(6)
  @Proves("S0-43")
  void aMachineInstalledAnewGetsTheClustersKey() {
    String key = sum(one);
    two.reset();
    Playbook.Run run = pair.applyOn("node2", CLUSTER.replace("enabled: true", "node: standby"));
    assertEquals(0, run.exit(), run.story());
    assertTrue(run.story().contains("put the cluster's key at"), run.story());
    assertFalse(
        run.events().toString().contains(one.sh("base64 -w 40 /etc/corosync/authkey | head -n 1")));
    assertEquals(key, sum(two));
    assertEquals("on", one.sh("crm_attribute -N node2 -n standby -G -q"));
    pair.quiet(MEMBERS);
  }

  @Test
  @Order(7)
  void withAMemberAwayNothingChanges() {
    two.off();
    pair.refused(
        MEMBERS.replace("    links:", "    totem: {token: 7000}\n    links:"),
        "only when all members can be observed: node2 (");
    assertFalse(one.sh("cat /etc/corosync/corosync.conf").contains("7000"));
    two.on();
  }

  @Test
  @Order(8)
  void stoppingNeedsConsent() {
    pair.apply("- pacemaker:\n");
    String stop = "- pacemaker: {state: stopped, enabled: false}\n";
    pair.refused(stop, "stops Pacemaker and with it the 0 resources of");
    pair.converges(stop, "disruptive");
    assertEquals("inactive", one.sh("systemctl is-active pacemaker || :"));
  }
}
