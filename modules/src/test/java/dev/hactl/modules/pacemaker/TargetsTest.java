package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Members.Seen;
import dev.hactl.engine.module.TargetChoice;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.modules.show.ClusterStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which members {@code active}, {@code passive} and {@code dc} mean, by what crm_mon recorded. */
class TargetsTest {
  private static final String RECORDED = recorded();

  private static String recorded() {
    try (InputStream in = ClusterStatus.class.getResourceAsStream("crm_mon.xml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pair db1 and db2, which Pacemaker calls node1 and node2. */
  private static String choice(String target, String first, String second) {
    var all = new LinkedHashMap<String, Seen<Whereabouts>>();
    all.put("db1", seen("node1", first));
    all.put("db2", seen("node2", second));
    int open = target.indexOf('(');
    String name = open < 0 ? target : target.substring(0, open);
    List<String> arguments =
        open < 0 ? List.of() : List.of(target.substring(open + 1, target.length() - 1));
    TargetKind<Whereabouts> kind =
        switch (name) {
          case "active" -> new Active();
          case "passive" -> new Passive();
          default -> new Dc();
        };
    return switch (kind.choose(arguments, new Members<>(all, Set.of("db1", "db2")))) {
      case TargetChoice.Hosts(List<String> names) -> String.join(" ", names);
      case TargetChoice.Nobody(String why, String advice) -> why + "; " + advice;
    };
  }

  private static Seen<Whereabouts> seen(String node, String xml) {
    return xml.equals("unseen")
        ? new Seen.Unknown<>("the connection was lost")
        : new Seen.Observed<>(
            new Whereabouts(node, xml.isEmpty() ? Optional.empty() : ClusterStatus.parse(xml)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "active(skyfs) => db1",
        "active(master-group) => db1",
        "passive(skyfs) => db2",
        "passive => db2",
        "dc => db1",
        "active(skyfx) => the cluster has no resource 'skyfx'; did you mean 'skyfs'?",
      })
  void aStablePairIsRead(String target, String hosts) {
    assertEquals(hosts, choice(target, RECORDED, RECORDED));
    String lost =
        hosts.equals("db2")
            ? "the node node2 is meant, and not seen: db2 (the connection was lost); bring its host back"
            : hosts;
    assertEquals(lost, choice(target, RECORDED, "unseen"), "one view with quorum is enough");
    assertEquals(hosts, choice(target, "", RECORDED), "also the other's");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        // what is otherwise => target => who is meant
        "with_quorum=\"true\" => with_quorum=\"false\" => active(skyfs) => no member answers as part of a cluster with quorum; start the cluster, or look with 'hactl show'",
        "role=\"Started\" active=\"true\" => role=\"Stopping\" active=\"true\" => active(skyfs) => skyfs is stopping; wait until it has arrived",
        "role=\"Started\" active=\"true\" => role=\"Stopped\" active=\"false\" => active(skyfs) => skyfs is active nowhere; look for the cause with 'hactl show'",
        "name=\"node2\" id=\"2\" online=\"true\" => name=\"node2\" id=\"2\" online=\"false\" => passive(skyfs) => skyfs is active on node1, and no other node takes part; bring the other node back",
        "name=\"node2\" id=\"2\" online=\"true\" standby=\"false\" => name=\"node2\" id=\"2\" online=\"true\" standby=\"true\" => passive(skyfs) => db2",
        "name=\"node2\" id=\"2\" online=\"true\" standby=\"false\" standby_onfail=\"false\" maintenance=\"false\" pending=\"false\" unclean=\"false\" => name=\"node2\" id=\"2\" online=\"false\" unclean=\"true\" => active(skyfs) => node2 is unclean: nobody knows what runs there; wait until it is fenced, or fence it",
      })
  void whatIsUnsureNamesNobody(String recorded, String instead, String target, String hosts) {
    String xml = RECORDED.replace(recorded, instead);
    assertEquals(hosts, choice(target, xml, xml));
  }

  @Test
  void twoHalvesThatDisagreeNameNobody() {
    String other =
        RECORDED.replace(
            "<node name=\"node1\" id=\"1\" cached", "<node name=\"node2\" id=\"2\" cached");
    assertEquals(
        "members see it differently: db1: node1; db2: node2; wait until the cluster is stable, and"
            + " look with 'hactl show'",
        choice("active(skyfs)", RECORDED, other));
  }

  /** A clone's instances are told once for each node. */
  @Test
  void aPromotableCloneIsActiveWhereItIsPromoted() {
    String clone =
        """
        <clone id="data-clone"><resource id="data" resource_agent="ocf::x:y" role="Master" active="true"
        ><node name="node2"/></resource><resource id="data" resource_agent="ocf::x:y" role="Slave"
        active="true"><node name="node1"/></resource></clone></resources>
        """;
    String xml = RECORDED.replace("</resources>", clone);
    assertEquals("db2", choice("active(data)", xml, xml));
    assertEquals("db2", choice("active(data-clone)", xml, xml));
    assertEquals("db1", choice("passive(data)", xml, xml));
  }
}
