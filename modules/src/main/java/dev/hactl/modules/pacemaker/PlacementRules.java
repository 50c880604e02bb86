package dev.hactl.modules.pacemaker;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenCluster;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.modules.cib.Meaning;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which resources run where, and after which others. */
@HactlRules
public final class PlacementRules implements RuleBook {
  private static final Set<String> PARTS = Set.of("pcs_resource", "pcs_constraint", "pcs_stonith");

  private static final About TOGETHER =
      About.error(
          "filesystem-without-colocation",
          "Nothing keeps the file system on the node whose disk is Primary; on the other one it"
              + " cannot be mounted, and the service fails.",
          "DRBD User's Guide, Pacemaker integration",
          "add pcs_constraint: {kind: colocation, resource: GROUP, with: Promoted CLONE}");

  private static final About AFTER =
      About.error(
          "filesystem-without-order",
          "The file system may be mounted before the disk is promoted, and the start fails.",
          "DRBD User's Guide, Pacemaker integration",
          "add pcs_constraint: {kind: order, first: promote CLONE, then: start GROUP}");

  private static final About PINNED =
      About.advice(
          "location-beats-stickiness",
          "A resource with an infinite preference moves back as soon as that node returns, whatever"
              + " its stickiness: one more outage.",
          "Pacemaker Explained, Location constraints",
          "give the location a score lower than the stickiness, such as 10");

  private record Named(String resource, String role) {
    static Named of(String text, Optional<String> beside) {
      String[] words = text.strip().split("\\s+", 2);
      return words.length == 2
          ? new Named(words[1], words[0].toLowerCase(Locale.ROOT))
          : new Named(words[0], beside.orElse("").toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.cluster(TOGETHER, PARTS, (c, f) -> filesystems(c, f, true)),
        LintRule.cluster(AFTER, PARTS, (c, f) -> filesystems(c, f, false)),
        LintRule.cluster(PINNED, PARTS, PlacementRules::pinned));
  }

  private static void filesystems(SeenCluster cluster, Findings found, boolean together) {
    List<String> clones = Declared.drbdClones(cluster);
    List<SeenTask> constraints = cluster.of("pcs_constraint").filter(Declared::present).toList();
    if (clones.isEmpty() || constraints.stream().anyMatch(PlacementRules::unknown)) {
      return; // another playbook says more, or only a run knows
    }
    Declared.resources(cluster)
        .filter(r -> Declared.isAgent(r, "ocf:heartbeat:Filesystem"))
        .filter(r ->
            Declared.setting(r, "options", "device")
                .filter(d -> d.matches("/dev/drbd(\\d+|/.*)"))
                .isPresent())
        .forEach(r -> {
          var names = new HashSet<String>();
          r.text("name").ifPresent(names::add);
          Declared.group(cluster, r).ifPresent(names::add);
          boolean bound =
              constraints.stream()
                  .anyMatch(c -> together ? with(c, names, clones) : after(c, names, clones));
          if (!bound) {
            found.at(
                r.place(),
                together
                    ? "the file system on DRBD need not run where the disk is promoted"
                    : "the file system on DRBD need not wait until the disk is promoted");
          }
        });
  }

  private static boolean unknown(SeenTask task) {
    return List.of("kind", "resource", "with", "first", "then").stream().anyMatch(task::unknown);
  }

  private static boolean with(SeenTask c, Set<String> names, List<String> clones) {
    if (c.text("kind").filter("colocation"::equals).isEmpty()) {
      return false;
    }
    Named one = Named.of(c.text("resource").orElse(""), c.text("role"));
    Named other = Named.of(c.text("with").orElse(""), c.text("with_role"));
    return names.contains(one.resource())
        && clones.contains(other.resource())
        && Meaning.role(other.role()).equals("promoted");
  }

  private static boolean after(SeenTask c, Set<String> names, List<String> clones) {
    if (c.text("kind").filter("order"::equals).isEmpty()) {
      return false;
    }
    Named one = Named.of(c.text("first").orElse(""), c.text("first_action"));
    Named other = Named.of(c.text("then").orElse(""), c.text("then_action"));
    return clones.contains(one.resource())
        && one.role().equals("promote")
        && names.contains(other.resource());
  }

  /** A fencing device may well be bound to a node. */
  private static void pinned(SeenCluster cluster, Findings found) {
    var devices = new HashSet<String>();
    cluster.of("pcs_stonith").forEach(d -> d.text("name").ifPresent(devices::add));
    cluster
        .of("pcs_constraint")
        .filter(Declared::present)
        .filter(c -> c.text("kind").filter("location"::equals).isPresent())
        .filter(c -> c.value("node").isPresent() && !c.unknown("score"))
        .filter(c -> c.text("resource").filter(r -> !devices.contains(r)).isPresent())
        .filter(c ->
            Meaning.score(c.text("score").orElse("INFINITY"))
                .filter(s -> s.intValue() >= 1_000_000)
                .isPresent())
        .forEach(c -> found.at(c.place("score"), "the resource always moves back to this node"));
  }
}
