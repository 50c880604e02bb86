package dev.hactl.modules.pacemaker;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenCluster;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.modules.cib.Meaning;
import dev.hactl.modules.pacemaker.Declared.Said;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of a whole cluster that are dangerous: fencing, quorum, stickiness. */
@HactlRules
public final class PropertyRules implements RuleBook {
  private static final String OPTIONS = "Pacemaker Explained, Cluster options";
  private static final Set<String> PROPERTY = Set.of("pcs_property");

  private static final Set<String> WHOLE =
      Set.of("pcs_property", "pcs_stonith", "pcs_resource", "drbd", "corosync", "pacemaker");

  private static final About STONITH_OFF =
      About.warning(
          "stonith-disabled",
          "Without fencing a node that is silent cannot be told from one that is dead, and both"
              + " nodes may run the same service on the same data.",
          OPTIONS + ", stonith-enabled",
          "give the nodes a fencing device (pcs_stonith), and write stonith-enabled: true");

  private static final About STONITH_MISSING =
      About.warning(
          "stonith-missing",
          "Fencing is on by default, and without a device Pacemaker starts no resource.",
          OPTIONS + ", stonith-enabled",
          "add a pcs_stonith for each node");

  private static final About STARTUP =
      About.warning(
          "startup-fencing-off",
          "A node that was never seen since the start is taken for switched off, and may run the"
              + " services.",
          OPTIONS + ", startup-fencing",
          "leave 'startup-fencing' out");

  private static final About QUORUM =
      About.warning(
          "quorum-ignored",
          "A node that is alone goes on as if it were the majority, so that both halves of a split"
              + " cluster run everything.",
          OPTIONS + ", no-quorum-policy; votequorum(5), two_node",
          "leave 'no-quorum-policy' out, or write stop: corosync's two_node (which hactl sets for"
              + " two nodes) lets one node of two go on");

  private static final About QUORUM_DRBD =
      About.error(
          "quorum-ignored-without-fencing",
          "With a replicated disk and no fencing both nodes become Primary after a split, and one"
              + " side's data is lost; a node that boots alone does so too.",
          OPTIONS + ", no-quorum-policy; votequorum(5), wait_for_all",
          "give the nodes a fencing device and leave 'no-quorum-policy' out");

  private static final About RACE =
      About.warning(
          "fencing-race",
          "When two nodes lose sight of each other, both fence at the same moment and both go down.",
          "Pacemaker Explained, priority-fencing-delay, pcmk_delay_base",
          "set the property priority-fencing-delay and a resource's priority, or give one device"
              + " pcmk_delay_base");

  private static final About STICKINESS =
      About.warning(
          "stickiness-zero",
          "A resource that is not sticky moves back as soon as a node returns: one more outage.",
          "Pacemaker Explained, Resource meta-attributes, resource-stickiness",
          "write pcs_defaults: {resource: {resource-stickiness: 100}}, or more than the scores of"
              + " locations");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.seen(STONITH_OFF, PROPERTY, PropertyRules::stonith),
        LintRule.cluster(STONITH_MISSING, WHOLE, PropertyRules::noDevice),
        LintRule.seen(STARTUP, PROPERTY, PropertyRules::startup),
        LintRule.cluster(QUORUM, WHOLE, (c, f) -> quorum(c, f, false)),
        LintRule.cluster(QUORUM_DRBD, WHOLE, (c, f) -> quorum(c, f, true)),
        LintRule.cluster(RACE, WHOLE, PropertyRules::race),
        LintRule.seen(STICKINESS, Set.of("pcs_defaults"), PropertyRules::stickiness));
  }

  private static void stonith(SeenTask task, Findings found) {
    off(task, "stonith-enabled")
        .or(() -> off(task, "fencing-enabled"))
        .ifPresent(s -> found.at(s.place(), "fencing is switched off"));
  }

  private static void startup(SeenTask task, Findings found) {
    off(task, "startup-fencing")
        .ifPresent(s -> found.at(s.place(), "nodes that were never seen are not fenced"));
  }

  private static Optional<Said> off(SeenTask task, String property) {
    return Declared.property(task, property)
        .filter(s -> Meaning.bool(s.text()).filter(on -> !on).isPresent());
  }

  private static boolean fencingOff(SeenCluster cluster) {
    return cluster
        .of("pcs_property")
        .anyMatch(
            t -> off(t, "stonith-enabled").isPresent() || off(t, "fencing-enabled").isPresent());
  }

  private static boolean devices(SeenCluster cluster) {
    return cluster.of("pcs_stonith").anyMatch(Declared::present);
  }

  /** Only where the whole cluster is made: an operation on one that is there has no devices. */
  private static void noDevice(SeenCluster cluster, Findings found) {
    if (cluster.has("corosync") && !devices(cluster) && !fencingOff(cluster)) {
      Declared.resources(cluster)
          .findFirst()
          .ifPresent(r -> found.at(r.place(), "the cluster has resources and no fencing device"));
    }
  }

  private static void quorum(SeenCluster cluster, Findings found, boolean deadly) {
    boolean fenced = devices(cluster) && !fencingOff(cluster);
    boolean partOnly = !cluster.has("corosync") && !fencingOff(cluster);
    boolean both = Declared.drbd(cluster) && !fenced && !partOnly;
    Declared.property(cluster, "no-quorum-policy")
        .filter(s -> s.text().equals("ignore") && both == deadly)
        .forEach(s ->
            found.at(
                s.place(),
                deadly
                    ? "quorum is ignored, there is no fencing, and data is replicated"
                    : "quorum is ignored"));
  }

  private static void race(SeenCluster cluster, Findings found) {
    List<SeenTask> devices = cluster.of("pcs_stonith").filter(Declared::present).toList();
    boolean delayed =
        cluster
            .of("pcs_property")
            .anyMatch(t ->
                !Declared.lacks(t, "properties", "priority-fencing-delay")
                    || t.text("name").filter("priority-fencing-delay"::equals).isPresent());
    boolean spread =
        devices.stream()
            .anyMatch(d ->
                !Declared.lacks(d, "options", "pcmk_delay_base")
                    || !Declared.lacks(d, "options", "pcmk_delay_max"));
    boolean two = cluster.members().filter(n -> n == 2).isPresent();
    if (two && !devices.isEmpty() && !delayed && !spread && !fencingOff(cluster)) {
      found.at(devices.getFirst().place(), "no node of the two waits before it fences the other");
    }
  }

  private static void stickiness(SeenTask task, Findings found) {
    Declared.setting(task, "resource", "resource-stickiness")
        .flatMap(Meaning::score)
        .filter(s -> s.signum() <= 0)
        .ifPresent(s ->
            found.at(
                task.place("resource", "resource-stickiness"),
                "resources do not stay where they are"));
  }
}
