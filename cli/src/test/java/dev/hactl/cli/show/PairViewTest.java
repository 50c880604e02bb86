package dev.hactl.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.run.Survey;
import dev.hactl.lab.Proves;
import dev.hactl.modules.drbd.Replica;
import dev.hactl.modules.show.ClusterStatus;
import dev.hactl.modules.show.Configured;
import dev.hactl.modules.show.NodeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of two nodes together. */
class PairViewTest {
  private static final String VIP = "10.77.0.100";
  private static final Optional<ClusterStatus> WELL = Optional.of(status("node1", true));
  private static final Replica IN_SYNC =
      new Replica(
          "r0",
          "Primary",
          "UpToDate",
          List.of(1),
          List.of(
              new Replica.Link(
                  "peer", "Connected", "Secondary", "UpToDate", "Established", 0, false)));
  private static final Replica BEHIND =
      new Replica(
          "r0",
          "Secondary",
          "Outdated",
          List.of(1),
          List.of(new Replica.Link("peer", "StandAlone", "Unknown", "DUnknown", "Off", 0, false)));

  private static ClusterStatus status(String coordinator, boolean quorum) {
    return status(coordinator, quorum, true);
  }

  private static ClusterStatus status(String coordinator, boolean quorum, boolean fencing) {
    var nodes = new LinkedHashMap<String, ClusterStatus.Node>();
    for (String name : List.of("node1", "node2")) {
      nodes.put(name, new ClusterStatus.Node(name, "online", new LinkedHashMap<>()));
    }
    return new ClusterStatus(
        coordinator, quorum, false, fencing, nodes, List.of(), List.of(), List.of());
  }

  private static Survey.Answer<NodeView> told(
      String name, Optional<ClusterStatus> cluster, Replica replica, String... addresses) {
    return told(name, cluster, replica, List.of(), addresses);
  }

  private static Survey.Answer<NodeView> told(
      String name,
      Optional<ClusterStatus> cluster,
      Replica replica,
      List<String> bans,
      String... addresses) {
    return new Survey.Answer.Told<>(
        new NodeView(
            name,
            cluster,
            new Configured(true, List.of(VIP), bans),
            List.of(replica),
            List.of(addresses),
            List.of(),
            List.of(),
            List.of()));
  }

  private static PairView pair(Survey.Answer<NodeView> first, Survey.Answer<NodeView> second) {
    var answers = new LinkedHashMap<String, Survey.Answer<NodeView>>();
    answers.put("node1", first);
    answers.put("node2", second);
    return new PairView("pair", answers);
  }

  @Test
  void whereAllIsWellNothingIsSaid() {
    PairView pair = pair(told("node1", WELL, IN_SYNC, VIP), told("node2", WELL, IN_SYNC));
    assertEquals(List.of(), pair.problems());
    assertEquals(
        List.of(List.of(VIP), List.of()),
        pair.nodes().values().stream().map(pair::virtualAddresses).toList());
  }

  @Test
  void aBanIsTold() {
    List<String> ban = List.of("cli-ban-g-on-node2");
    PairView pair = pair(told("node1", WELL, IN_SYNC, ban, VIP), told("node2", WELL, IN_SYNC, ban));
    assertEquals(List.of("the constraint cli-ban-g-on-node2 is in force"), pair.problems());
  }

  @Test
  @Proves("S0-23")
  void aClusterThatCannotFenceIsTold() {
    Optional<ClusterStatus> off = Optional.of(status("node1", true, false));
    PairView pair = pair(told("node1", off, IN_SYNC, VIP), told("node2", off, IN_SYNC));
    assertEquals(List.of("fencing is off (stonith-enabled=false)"), pair.problems());
  }

  @Test
  @Proves("S0-35")
  void everyTroubleIsNamed() {
    PairView pair =
        pair(told("node1", Optional.empty(), IN_SYNC, VIP), told("node2", WELL, BEHIND, VIP));
    assertEquals(
        List.of(
            "node1: Pacemaker does not answer",
            "node2: DRBD r0 is Secondary, Outdated, StandAlone",
            VIP + " is on several nodes: node1, node2"),
        pair.problems());
  }

  @Test
  @Proves("S0-35")
  void aNodeThatIsDownCostsOnlyItsOwnColumn() {
    PairView pair =
        pair(
            new Survey.Answer.Unreachable<>("node1: connection refused"),
            told("node2", WELL, IN_SYNC));
    assertEquals(
        List.of("node1: connection refused"),
        pair.problems(),
        "nobody knows whether node1 has the address");
    assertEquals(List.of("node2"), List.copyOf(pair.nodes().sequencedKeySet()));
    assertTrue(pair.status().isPresent());
  }

  /** A node that was cut off believes what is long over. */
  @Test
  void theSideWithQuorumIsBelieved() {
    PairView pair =
        pair(
            told("node1", Optional.of(status("node1", false)), IN_SYNC, VIP),
            told("node2", Optional.of(status("node2", true)), IN_SYNC));
    assertEquals("node2", pair.status().orElseThrow().dc());
  }
}
