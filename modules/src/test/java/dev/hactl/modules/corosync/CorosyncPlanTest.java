package dev.hactl.modules.corosync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Content;
import dev.hactl.lab.Proves;
import dev.hactl.modules.ClusterVerdict;
import dev.hactl.modules.TaskText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a membership, as a table of what was seen. */
class CorosyncPlanTest {
  private static final String TASK =
      "{cluster_name: sky, links: [{db1: 192.0.2.1, db2: 192.0.2.2}, {db1: 198.51.100.1, db2:"
          + " 198.51.100.2}]%s}";

  private static final String CONF =
      """
      # Written by hactl.
      totem {
        version: 2
        cluster_name: sky
        transport: knet
        crypto_cipher: aes256
        crypto_hash: sha256
      }
      nodelist {
        node {
          ring0_addr: 192.0.2.1
          ring1_addr: 198.51.100.1
          name: db1
          nodeid: 1
        }
        node {
          ring0_addr: 192.0.2.2
          ring1_addr: 198.51.100.2
          name: db2
          nodeid: 2
        }
      }
      quorum {
        provider: corosync_votequorum
        two_node: 1
      }
      logging {
        to_logfile: no
        to_syslog: yes
      }
      """;

  private static final String KEY = "a".repeat(64);

  private static CorosyncState bare(String node) {
    return state(node, Optional.empty(), "", Map.of(), false);
  }

  private static CorosyncState state(
      String node,
      Optional<String> conf,
      String key,
      Map<String, String> running,
      boolean primary) {
    boolean active = !running.isEmpty();
    return new CorosyncState(
        node, true, true, conf, key, active, active, active, running, active, active, primary, "");
  }

  /** A member of the running cluster, as its file says. */
  private static CorosyncState serving(String node, String conf, boolean primary) {
    var running = new LinkedHashMap<>(ConfFile.settings(conf));
    running.put("runtime.members.1.status", "joined");
    running.put("runtime.members.2.status", "joined");
    running.put("totem.interface.0.bindnetaddr", "192.0.2.1");
    running.put("nodelist.local_node_pos", "0");
    return state(node, Optional.of(conf), KEY, running, primary);
  }

  private static CorosyncState alone(String node) {
    return new CorosyncState(
        node,
        true,
        true,
        Optional.of("totem {\n  cluster_name: debian\n}\n"),
        "",
        true,
        true,
        true,
        Map.of("totem.cluster_name", "debian", "runtime.members.1.status", "joined"),
        true,
        false,
        false,
        "");
  }

  private static ClusterDecision<CorosyncState> decide(
      String more, CorosyncState one, Optional<CorosyncState> two) {
    var states = new LinkedHashMap<String, Optional<CorosyncState>>();
    states.put("db1", Optional.of(one));
    states.put("db2", two);
    return new Corosync()
        .plan(
            TaskText.bind(new Corosync(), TASK.formatted(more)),
            ClusterVerdict.members(states, Set.of("db1", "db2")));
  }

  private static String verdict(String more, CorosyncState one, CorosyncState two) {
    return String.join("\n", ClusterVerdict.of(decide(more, one, Optional.of(two))));
  }

  @Test
  @Proves("S0-22")
  void twoBareMachines() {
    assertEquals(
        """
        db1: generate /etc/corosync/authkey
        db2: put the cluster's key at /etc/corosync/authkey
        db1: write /etc/corosync/corosync.conf, db2: write /etc/corosync/corosync.conf
        db1: enable and start corosync, db2: enable and start corosync\
        """,
        verdict("", bare("db1"), bare("db2")));
  }

  @Test
  @Proves("S0-22")
  void theKeyIsTakenFromWhereItIs() {
    var asked =
        (ClusterDecision.Ask<CorosyncState, ?>)
            decide("", bare("db1"), Optional.of(serving("db2", CONF, false)));
    assertEquals("db2", asked.member());
    assertEquals(
        List.of(
            "db1: put the cluster's key at /etc/corosync/authkey",
            "db1: write /etc/corosync/corosync.conf",
            "db1: enable and start corosync"),
        ClusterVerdict.of(asked.answered(keyOf(KEY))));
  }

  private static Content.Inline keyOf(String sum) {
    return new Content.Inline(new byte[] {1}, sum, true, "");
  }

  @Test
  @Proves("S0-22")
  void whatRunsAsTheFileSaysIsLeftAlone() {
    assertEquals("", verdict("", serving("db1", CONF, false), serving("db2", CONF, true)));
    assertEquals(
        List.of(), ClusterVerdict.of(decide("", serving("db1", CONF, false), Optional.empty())));
    assertEquals(
        List.of(
            "refused: a cluster's membership is changed only when all members can be observed: db2"
                + " (no route to host)"),
        ClusterVerdict.of(
            decide(", totem: {token: 5000}", serving("db1", CONF, false), Optional.empty())));
  }

  @Test
  void settingsTakeTheirTurns() {
    CorosyncState one = serving("db1", CONF, true);
    CorosyncState two = serving("db2", CONF, false);
    assertEquals(
        """
        db2: update /etc/corosync/corosync.conf, db1: update /etc/corosync/corosync.conf
        db2: reload corosync.conf\
        """,
        verdict(", totem: {token: 5000}", one, two));
    assertEquals(
        """
        db2: update /etc/corosync/corosync.conf, db1: update /etc/corosync/corosync.conf
        db2: restart corosync !restarts corosync and with it all resources of db2, \
        db1: restart corosync !restarts corosync and with it all resources of db1\
        """,
        verdict(", totem: {netmtu: 1400}", one, two));
    assertTrue(
        verdict(", transport: udpu", one, two)
            .startsWith(
                "refused: totem.crypto_cipher, totem.crypto_hash, totem.transport changes only"
                    + " while Corosync is down on all members, and it runs on db1, db2"));
    assertTrue(
        verdict(", authkey: " + "QUJD".repeat(64), one, two)
            .startsWith("refused: the key of a cluster changes only while"));
  }

  @Test
  void aClusterOfOneThatServesNobodyIsStopped() {
    String verdict = verdict("", alone("db1"), bare("db2"));
    assertTrue(
        verdict.startsWith(
            "db1: stop the cluster of one without resources that runs here\n"
                + "db1: generate /etc/corosync/authkey\n"),
        verdict);
    assertTrue(verdict.endsWith("db1: start corosync, db2: enable and start corosync"), verdict);
  }

  @Test
  void nodesKeepTheirIds() {
    String turned = CONF.replace("nodeid: 1", "nodeid: 7");
    CorosyncState one = serving("db1", turned, false);
    assertEquals("", verdict("", one, serving("db2", turned, false)));
  }

  @Test
  void aFileIsReadAsCorosyncReadsIt() {
    Map<String, String> settings =
        ConfFile.settings(
            """
            totem {
              version: 2
              interface {
                linknumber: 1
                knet_link_priority: 7
              }
            }
            logging {
              to_syslog: yes
              logger_subsys {
                subsys: TOTEM
                debug: off
              }
            }
            nodelist {
              node {
                ring0_addr: a
              }
              node {
                ring0_addr: b
              }
            }
            """);
    assertEquals(
        Map.of(
            "totem.version", "2",
            "totem.interface.1.knet_link_priority", "7",
            "logging.to_syslog", "yes",
            "logging.logger_subsys.TOTEM.subsys", "TOTEM",
            "logging.logger_subsys.TOTEM.debug", "off",
            "nodelist.node.0.ring0_addr", "a",
            "nodelist.node.1.ring0_addr", "b"),
        settings);
  }

  /** {@code corosync-cmapctl} of corosync 3.1.7. */
  @Test
  @Proves("S3-12")
  void theRunningMap() {
    assertEquals(
        Map.of(
            "quorum.two_node", "1",
            "runtime.members.1.ip", "r(0) ip(127.0.0.1)",
            "totem.cluster_name", "lonely"),
        ConfFile.map(
            """
            quorum.two_node (u8) = 1
            runtime.members.1.ip (str) = r(0) ip(127.0.0.1)\u0020
            totem.cluster_name (str) = lonely
            """));
  }

  @ParameterizedTest
  @CsvSource({
    "totem.token, RELOAD",
    "logging.debug, RELOAD",
    "nodelist.node.2.ring0_addr, RELOAD",
    "totem.netmtu, RESTART",
    "quorum.provider, RESTART",
    "totem.transport, ALL_DOWN",
    "totem.interface.0.mcastport, ALL_DOWN",
  })
  void turn(String setting, Turn turn) {
    assertEquals(turn, Turn.of(setting));
  }

  @Test
  void mistakesAreToldBeforeAnythingIsConnected() {
    for (String bad :
        List.of(
            "{cluster_name: sky}",
            "{links: 192.0.2.0/24}",
            "{cluster_name: sky, links: 192.0.2.0/24, authkey: QUJD}",
            "{cluster_name: sky, links: 192.0.2.0/24, totem: {token: '1\n}'}}",
            "{cluster_name: sky, links: 192.0.2.0/24, nodeids: {a: 1, b: 1}}")) {
      assertThrows(RuntimeException.class, () -> TaskText.bind(new Corosync(), bad), bad);
    }
  }
}
