package dev.hactl.modules.pacemaker;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.modules.cib.Agent;
import dev.hactl.modules.cib.Meaning;
import dev.hactl.modules.cib.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How resources are looked at, and what happens when they fail. */
@HactlRules
public final class ResourceRules implements RuleBook {
  private static final String OPERATIONS = "Pacemaker Explained, Resource operations";
  private static final Set<String> RESOURCE = Set.of("pcs_resource");

  private static final About MONITOR =
      About.advice(
          "monitor-missing",
          "Nobody decided how soon a failure is noticed: without a monitor of its own a resource is"
              + " looked at once a minute.",
          OPERATIONS,
          "add a monitor to 'operations', with the interval that the service can be away");

  private static final About MONITOR_OFF =
      About.error(
          "monitor-off",
          "A resource that nobody looks at is dead without anybody noticing, and never fails over.",
          OPERATIONS + ", interval, enabled",
          "give the monitor an interval, and leave 'enabled' out");

  private static final About ONE_ROLE =
      About.warning(
          "monitor-role-missing",
          "A monitor without a role looks at unpromoted copies only, so a failure of the promoted one"
              + " goes unnoticed.",
          "Pacemaker Explained, Monitoring multi-state resources",
          "write two monitors: role: Promoted and role: Unpromoted, with different intervals");

  private static final About STOP =
      About.error(
          "stop-failure-ignored",
          "A resource that could not be stopped is taken for stopped, and starts a second time on the"
              + " other node.",
          OPERATIONS + ", on-fail",
          "leave 'on-fail' out: the node is fenced, or without fencing the resource is blocked");

  private static final About IGNORED =
      About.warning(
          "failure-ignored",
          "Pacemaker goes on as if the failure had not happened: no restart and no failover.",
          OPERATIONS + ", on-fail",
          "leave 'on-fail' out, or write restart");

  private static final About NO_OPTIONS =
      About.warning(
          "agent-takes-no-options",
          "Only OCF agents have parameters; what is given to a systemd unit or an init script reaches"
              + " nobody.",
          "Pacemaker Explained, Resource agent classes",
          "use the ocf: agent of that service, or leave 'options' out");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.seen(MONITOR, RESOURCE, ResourceRules::monitor),
        LintRule.seen(MONITOR_OFF, RESOURCE, ResourceRules::monitorOff),
        LintRule.seen(ONE_ROLE, RESOURCE, ResourceRules::roles),
        LintRule.seen(STOP, RESOURCE, ResourceRules::stop),
        LintRule.seen(IGNORED, RESOURCE, ResourceRules::ignored),
        LintRule.seen(NO_OPTIONS, RESOURCE, ResourceRules::options));
  }

  private static boolean primitive(SeenTask task) {
    return Declared.present(task) && task.value("agent").isPresent();
  }

  private static List<Operation> monitors(SeenTask task) {
    return Declared.operations(task).orElse(List.of()).stream()
        .filter(o -> o.name().equals("monitor"))
        .toList();
  }

  private static void monitor(SeenTask task, Findings found) {
    boolean known = task.value("operations").isEmpty() || Declared.operations(task).isPresent();
    if (primitive(task) && known && monitors(task).isEmpty()) {
      found.at(task.place("operations"), "the resource has no monitor of its own");
    }
  }

  private static void monitorOff(SeenTask task, Findings found) {
    for (Operation monitor : monitors(task)) {
      Optional<Long> interval =
          Declared.setting(monitor, "interval").flatMap(Meaning::milliseconds);
      Optional<Boolean> enabled = Declared.setting(monitor, "enabled").flatMap(Meaning::bool);
      if (interval.filter(ms -> ms == 0).isPresent() || enabled.filter(on -> !on).isPresent()) {
        found.at(task.place("operations", "monitor"), "the resource is not looked at");
      }
    }
  }

  private static void roles(SeenTask task, Findings found) {
    List<Operation> monitors = monitors(task);
    boolean promoted =
        monitors.stream()
            .flatMap(m -> Declared.setting(m, "role").stream())
            .anyMatch(r -> Meaning.role(r).equals("promoted"));
    if (Declared.promotable(task) && !monitors.isEmpty() && !promoted) {
      found.at(task.place("operations", "monitor"), "the promoted copy is not looked at");
    }
  }

  private static void stop(SeenTask task, Findings found) {
    onFail(task, true)
        .ifPresent(
            o -> found.at(task.place("operations", o.name()), "a stop that fails is ignored"));
  }

  private static void ignored(SeenTask task, Findings found) {
    onFail(task, false)
        .ifPresent(o ->
            found.at(
                task.place("operations", o.name()), "a " + o.name() + " that fails is ignored"));
  }

  private static Optional<Operation> onFail(SeenTask task, boolean ofStop) {
    return Declared.operations(task).orElse(List.of()).stream()
        .filter(o -> o.name().equals("stop") == ofStop)
        .filter(o -> Declared.setting(o, "on-fail").filter("ignore"::equals).isPresent())
        .findFirst();
  }

  private static void options(SeenTask task, Findings found) {
    Optional<Agent> agent = Declared.agent(task).filter(a -> !a.standard().equals("ocf"));
    boolean given =
        Declared.settings(task, "options").filter(options -> !options.isEmpty()).isPresent();
    if (agent.isPresent() && !agent.get().standard().equals("stonith") && given) {
      found.at(task.place("options"), agent.get() + " takes no options");
    }
  }
}
