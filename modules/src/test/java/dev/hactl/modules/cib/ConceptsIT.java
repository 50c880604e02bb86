package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Probe;
import dev.hactl.lab.Deadline;
import dev.hactl.lab.Proves;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.show.ClusterStatus;
import dev.hactl.modules.show.NodeView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Pacemaker has words for, declared by tasks, and what a running Pacemaker says of it. */
class ConceptsIT extends OnOneNode {
  /** A service with an init script, a program to be told, and a second node that never came. */
  private static final String AROUND =
      """
      mount -t tmpfs none /etc/init.d || exit
      cat > /etc/init.d/hactl-test << 'END'
      #!/bin/sh
      case $1 in
      start) touch /run/hactl-test ;;
      stop) rm -f /run/hactl-test ;;
      status) [ -e /run/hactl-test ] || exit 3 ;;
      *) exit 2 ;;
      esac
      END
      cat > /run/told << 'END'
      #!/bin/sh
      echo "$CRM_notify_recipient $CRM_notify_rsc $CRM_notify_task" >> /run/told.log
      END
      chmod 755 /etc/init.d/hactl-test /run/told
      """;

  private static final String OTHER =
      "cibadmin -o nodes -C --xml-text '<node id=\"2\" uname=\"other\"/>'";

  /** Makes something happen to a resource, and looks whether the program was told. */
  private static final String TELL =
      """
      crm_resource --refresh --resource observed > /dev/null 2>&1
      grep '^somebody observed ' /run/told.log
      """;

  @BeforeAll
  void putAround() {
    assertEquals(0, cluster.sh(AROUND).status());
  }

  private static String playbook() throws IOException {
    try (InputStream in = ConceptsIT.class.getResourceAsStream("concepts.yml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Proves({
    "S0-24", "S0-32", "S0-35", "S3-01", "S3-02", "S3-03", "S3-04", "S3-05", "S3-06", "S3-07",
    "S3-08", "S3-09", "S3-10", "S3-12"
  })
  void everyConceptIsDeclaredInOneStepAndRuns() throws IOException {
    assertEquals(0, cluster.sh(OTHER).status());
    long before = runs.epoch();
    ClusterRuns.Run done = runs.apply(playbook());
    int tasks = done.ended().size();
    assertEquals("0" + " changed".repeat(tasks), done.story());
    assertEquals(before + 1, runs.epoch());

    PacemakerSays says = PacemakerSays.of(cluster);
    assertEquals(
        """
        idle Stopped
        alone/left Stopped unmanaged
        daemon Started
        dummy Stopped
        services/first Started
        services/second Started
        services/third Started
        services/fourth Started
        web-clone/web Started
        twice-clone/twice:0 Started
        twice-clone/twice:1 Started
        both-clone/both:0/inner Started
        both-clone/both:0/inmost Started
        both-clone/both:1/inner Stopped
        both-clone/both:1/inmost Stopped
        data-cluster/data Promoted
        data-cluster/data Stopped
        observed Started
        vip-one Started
        vip-two Started
        watcher Started\
        """,
        String.join("\n", says.roles()));
    assertTrue(
        says.inOrder("data promote", "first start", "second start", "third start", "fourth start"),
        says::toString);
    assertEquals("7", cluster.sh("crm_resource -r idle -m -g resource-stickiness").out().strip());
    assertEquals("nothing", cluster.sh("crm_resource -r idle -m -g requires").out().strip());
    assertEquals(
        List.of(
            "start 0s 60s restart",
            "monitor 5s 60s restart",
            "monitor 7s 50s ignore false",
            "stop 0s 60s block"),
        operations("observed"));
    await("data", "monitor 29000ms");
    await("daemon", "monitor 60000ms");
    await("observed", "monitor 5000ms");
    says = PacemakerSays.of(cluster);
    assertFalse((says.done("data") + " " + says.done("observed")).matches(".* (31|7)000ms.*"));
    assertEquals(
        "198.51.100.21/32 198.51.100.22/32",
        cluster.sh("echo $(ip -o addr show dev lo | grep -o '198[^ ]*')").out().strip());
    NodeView shown = shown();
    assertEquals(List.of("198.51.100.21", "198.51.100.22"), shown.configured().virtualAddresses());
    ClusterStatus status = shown.cluster().orElseThrow();
    assertTrue(status.quorum());
    assertEquals(
        "lonely online, other offline",
        status.nodes().values().stream()
            .map(n -> n.name() + " " + n.state())
            .collect(Collectors.joining(", ")));

    assertEquals(
        "Start dummy (other), Start inner:1 (other), Start inmost:1 (other), Start data:1 (other)",
        ClusterAction.all(cluster.sh("crm_simulate -L -S --node-up other").out()).stream()
            .map(ClusterAction::toString)
            .collect(Collectors.joining(", ")));

    ClusterRuns.Run again = runs.apply(playbook());
    assertEquals("0" + " ok".repeat(tasks), again.story());
    assertEquals(before + 1, runs.epoch());
    Deadline.in(Duration.ofSeconds(60))
        .await(
            "ClusterMon's program is told of what happens", () -> cluster.sh(TELL).status() == 0);
  }

  /** Name, interval, timeout, on-fail, and enabled where it is given. */
  private List<String> operations(String resource) {
    return cluster.cib().find(resource).orElseThrow().child("operations").stream()
        .flatMap(all -> all.children("op").stream())
        .map(op ->
            Stream.of("name", "interval", "timeout", "on-fail", "enabled")
                .flatMap(name -> op.attribute(name).stream())
                .collect(Collectors.joining(" ")))
        .toList();
  }

  private void await(String resource, String action) {
    Deadline.in(Duration.ofSeconds(60))
        .await(
            resource + ": " + action,
            () -> PacemakerSays.of(cluster).done(resource).contains(action));
  }

  /** What hactl's own look at a node says. */
  private NodeView shown() {
    Probe<NodeView> probe = NodeView.probe();
    @SuppressWarnings("unchecked") // the collector of looks
    var collector = (Collector<Look>) probe.collector();
    List<Look> questions = List.of((Look) probe.question());
    String out = cluster.sh(collector.script(questions, "QxK")).out();
    return probe
        .parser()
        .apply(collector.split(questions, "QxK", out.getBytes(StandardCharsets.UTF_8)).getFirst());
  }

  @Test
  @Proves("S3-02")
  void groupsAreMadeReorderedAndDissolved() {
    String dummy = "agent: \"ocf:pacemaker:Dummy\"";
    runs.apply(
        """
        - pcs_resource: {name: b, %1$s, group: g}
        - pcs_resource: {name: a, %1$s, group: g, before: b}
        - pcs_resource: {name: d, %1$s, group: g}
        - pcs_resource: {name: c, %1$s, group: g, after: b}
        """
            .formatted(dummy));
    assertEquals("g/a Started, g/b Started, g/c Started, g/d Started", roles());
    becomes(
        "- pcs_resource: {name: a, group: g, after: d}",
        "g/b Started, g/c Started, g/d Started, g/a Started");
    becomes(
        "- pcs_resource: {name: c, group: ''}", "g/b Started, g/d Started, g/a Started, c Started");
    becomes("- pcs_resource: {name: b, state: absent}", "g/d Started, g/a Started, c Started");
    becomes("- pcs_resource: {name: d, group: other}", "g/a Started, c Started, other/d Started");
    becomes("- pcs_resource: {name: a, group: ''}", "c Started, other/d Started, a Started");
    becomes("- pcs_resource: {name: other, state: absent}", "c Started, a Started");
  }

  private void becomes(String task, String roles) {
    assertEquals("0 changed", runs.apply(task).story());
    assertEquals(roles, roles());
  }

  private String roles() {
    return String.join(", ", PacemakerSays.of(cluster).roles());
  }
}
