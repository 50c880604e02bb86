package dev.hactl.modules.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.run.Survey;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the two nodes together. */
class PairViewTest {
  private static final String WITHOUT_VIP = "2: vec0    inet 10.77.0.2/24 scope global vec0";
  private static final String BEHIND =
      """
      exists resource name:skydata role:Secondary suspended:no
      exists connection name:skydata peer-node-id:0 conn-name:peer connection:StandAlone role:Unknown
      exists device name:skydata volume:0 minor:1 disk:Outdated
      exists peer-device name:skydata peer-node-id:0 volume:0 replication:Off peer-disk:DUnknown
      """;

  private static PairView pair(Survey.Answer<NodeView> first, Survey.Answer<NodeView> second) {
    var answers = new LinkedHashMap<String, Survey.Answer<NodeView>>();
    answers.put("node1", first);
    answers.put("node2", second);
    return new PairView("pair", answers);
  }

  private static Survey.Answer<NodeView> told(String name, String... other) throws IOException {
    return new Survey.Answer.Told<>(NodeViewTest.node(name, other));
  }

  @Test
  void aBanIsAllThereIsToSay() throws IOException {
    PairView pair = pair(told("node1"), told("node2", "addresses", WITHOUT_VIP));
    assertEquals(List.of("the constraint cli-ban-g-on-node2 is in force"), pair.problems());
    assertEquals(
        List.of(List.of("10.77.0.100"), List.of()),
        pair.nodes().values().stream().map(pair::virtualAddresses).toList());
  }

  @Test
  void everyTroubleIsNamed() throws IOException {
    PairView pair = pair(told("node1", "mon", ""), told("node2", "drbd", BEHIND));
    assertEquals(
        List.of(
            "node1: Pacemaker does not answer",
            "node2: DRBD skydata is Secondary, Outdated, StandAlone",
            "10.77.0.100 is on several nodes: node1, node2",
            "the constraint cli-ban-g-on-node2 is in force"),
        pair.problems());
  }

  @Test
  void aNodeThatIsDownCostsOnlyItsOwnColumn() throws IOException {
    PairView pair =
        pair(
            new Survey.Answer.Unreachable<>("node1: connection refused"),
            told("node2", "addresses", WITHOUT_VIP));
    assertEquals(
        List.of("node1: connection refused", "the constraint cli-ban-g-on-node2 is in force"),
        pair.problems(),
        "nobody knows whether node1 has the address");
    assertEquals(List.of("node2"), List.copyOf(pair.nodes().sequencedKeySet()));
    assertEquals(true, pair.status().isPresent());
  }
}
