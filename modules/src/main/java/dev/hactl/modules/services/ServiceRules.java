package dev.hactl.modules.services;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenTask;
import java.util.List;
import java.util.Set;

/** What is done to the services that a cluster is made of. */
@HactlRules
public final class ServiceRules implements RuleBook {
  private static final Set<String> UNITS =
      Set.of("service", "systemd_unit", "systemd", "systemd_service");
  private static final Set<String> CLUSTER = Set.of("corosync", "pacemaker");

  private static final About RESTART =
      About.warning(
          "cluster-service-restarted",
          "Restarting the cluster's own service stops every resource of the node, and on both nodes at"
              + " once the whole service.",
          "Pacemaker Administration, stopping a node",
          "use the modules corosync and pacemaker: they reload what can be reloaded, and take one"
              + " node after the other");

  @Override
  public List<LintRule> rules() {
    return List.of(LintRule.seen(RESTART, UNITS, ServiceRules::restart));
  }

  private static void restart(SeenTask task, Findings found) {
    String unit = task.text("name").orElse("").replaceFirst("\\.service$", "");
    task.text("state")
        .filter(s -> s.equals("restarted") || s.equals("stopped"))
        .filter(s -> CLUSTER.contains(unit))
        .ifPresent(s -> found.at(task.place("state"), unit + " is " + s + " like any service"));
  }
}
