package dev.hactl.modules.pacemaker;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.modules.cib.Meaning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What single agents need: addresses, file systems, exports, containers, replicated disks. */
@HactlRules
public final class AgentRules implements RuleBook {
  private static final Set<String> RESOURCE = Set.of("pcs_resource");

  private static final About NETMASK =
      About.advice(
          "address-without-netmask",
          "Without a netmask the agent takes the one of whatever route leads there, which differs"
              + " between nodes.",
          "ocf_heartbeat_IPaddr2(7), cidr_netmask",
          "write cidr_netmask: 24, or whatever the network has");

  private static final About FSTYPE =
      About.warning(
          "filesystem-without-type",
          "The agent needs the type of the file system, and without it neither checks nor mounts.",
          "ocf_heartbeat_Filesystem(7), fstype",
          "write fstype: xfs, or whatever the device bears");

  private static final About NOTIFY =
      About.error(
          "drbd-clone-without-notify",
          "The agent learns what the other node does by notifications only; without them promotion"
              + " scores are wrong and the clone does not work.",
          "DRBD User's Guide, Pacemaker integration; ocf_linbit_drbd(7)",
          "write promotable: {notify: true, ...}");

  private static final About TWO =
      About.error(
          "drbd-clone-two-primaries",
          "With two promoted copies both nodes may mount and write the same device.",
          "DRBD User's Guide, Pacemaker integration",
          "write promoted-max: 1");

  private static final About FSID =
      About.warning(
          "export-without-fsid",
          "Clients know an export by its fsid; where it differs between nodes, every handle is stale"
              + " after a failover.",
          "ocf_heartbeat_exportfs(7), fsid; exports(5)",
          "write fsid: with a number that no other export has");

  private static final About PULL =
      About.warning(
          "container-pulled-at-failover",
          "A node that does not have the image asks a registry in the middle of a failover.",
          "ocf_heartbeat_docker(7), allow_pull",
          "leave 'allow_pull' out, and bring the image to all nodes with docker_image");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.seen(NETMASK, RESOURCE, AgentRules::netmask),
        LintRule.seen(FSTYPE, RESOURCE, AgentRules::fstype),
        LintRule.seen(NOTIFY, RESOURCE, AgentRules::notified),
        LintRule.seen(TWO, RESOURCE, AgentRules::two),
        LintRule.seen(FSID, RESOURCE, AgentRules::fsid),
        LintRule.seen(PULL, RESOURCE, AgentRules::pull));
  }

  /** A resource that has options and lacks one. */
  private static boolean lacks(SeenTask task, String agent, String option) {
    return Declared.present(task)
        && Declared.isAgent(task, agent)
        && task.value("options").isPresent()
        && Declared.lacks(task, "options", option);
  }

  private static void netmask(SeenTask task, Findings found) {
    if (lacks(task, "ocf:heartbeat:IPaddr2", "cidr_netmask")) {
      found.at(task.place("options"), "the address has no netmask");
    }
  }

  private static void fstype(SeenTask task, Findings found) {
    if (lacks(task, "ocf:heartbeat:Filesystem", "fstype")) {
      found.at(task.place("options"), "the file system has no type");
    }
  }

  private static void fsid(SeenTask task, Findings found) {
    if (lacks(task, "ocf:heartbeat:exportfs", "fsid")) {
      found.at(task.place("options"), "the export has no fsid");
    }
  }

  private static void pull(SeenTask task, Findings found) {
    if (Declared.isAgent(task, "ocf:heartbeat:docker")
        && Declared.setting(task, "options", "allow_pull").filter(SeenTask::truth).isPresent()) {
      found.at(
          task.place("options", "allow_pull"), "the image may be pulled when the service moves");
    }
  }

  private static boolean clonedDrbd(SeenTask task) {
    return Declared.present(task)
        && Declared.isAgent(task, "ocf:linbit:drbd")
        && Declared.promotable(task);
  }

  private static void notified(SeenTask task, Findings found) {
    if (!clonedDrbd(task) || task.unknown("promotable")) {
      return;
    }
    Map<String, Optional<String>> meta = settings(task);
    Optional<String> notify = meta.getOrDefault("notify", Optional.of("false"));
    if (notify.flatMap(Meaning::bool).filter(on -> !on).isPresent()) {
      found.at(task.place("promotable", "notify"), "the clone gets no notifications");
    }
  }

  private static void two(SeenTask task, Findings found) {
    if (!clonedDrbd(task)) {
      return;
    }
    for (String name : List.of("promoted-max", "master-max")) {
      settings(task)
          .getOrDefault(name, Optional.empty())
          .flatMap(Meaning::score)
          .filter(n -> n.intValue() > 1)
          .ifPresent(
              n -> found.at(task.place("promotable", name), "two copies may be promoted at once"));
    }
  }

  private static Map<String, Optional<String>> settings(SeenTask task) {
    return task.is("promotable")
        ? Map.of()
        : Declared.settings(task, "promotable").orElse(Map.of());
  }
}
