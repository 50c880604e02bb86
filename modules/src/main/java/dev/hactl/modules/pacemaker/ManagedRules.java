package dev.hactl.modules.pacemaker;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenCluster;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.modules.cib.Agent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Pacemaker starts, stops and moves is nobody else's: units, containers, mounts, exports. */
@HactlRules
public final class ManagedRules implements RuleBook {
  private static final List<String> UNITS =
      List.of("service", "systemd_unit", "systemd", "systemd_service");

  private static final Set<String> LOOKED_AT =
      Set.of(
          "pcs_resource",
          "service",
          "systemd_unit",
          "systemd",
          "systemd_service",
          "docker_container",
          "mount",
          "nfs_export");

  /** The units that start the same program as an OCF agent. */
  private static final Map<String, Set<String>> SAME =
      Map.of(
          "apache", Set.of("apache2", "httpd"),
          "nginx", Set.of("nginx"),
          "mysql", Set.of("mysql", "mysqld", "mariadb"),
          "mariadb", Set.of("mysql", "mysqld", "mariadb"),
          "pgsql", Set.of("postgresql"),
          "nfsserver", Set.of("nfs-server", "nfs-kernel-server", "nfs"),
          "drbd", Set.of("drbd"),
          "redis", Set.of("redis", "redis-server"),
          "named", Set.of("named", "bind9"),
          "haproxy", Set.of("haproxy"));

  private static final About UNIT =
      About.error(
          "cluster-managed-unit",
          "A service that both Pacemaker and the boot start runs on both nodes at once after a reboot,"
              + " on data that belongs to one.",
          "Pacemaker Administration, systemd resources must not be enabled",
          "write enabled: false, leave 'state' out, and let Pacemaker start it");

  private static final About CONTAINER =
      About.error(
          "cluster-managed-container",
          "Docker starts the container again where Pacemaker stopped it, so that it runs on both"
              + " nodes.",
          "ocf_heartbeat_docker(7)",
          "remove the docker_container task: the resource makes its container itself");

  private static final About MOUNT =
      About.error(
          "cluster-managed-mount",
          "A file system that is mounted at boot is mounted on the wrong node, or the boot waits for"
              + " a disk that is not there.",
          "ocf_heartbeat_Filesystem(7)",
          "write state: ephemeral while it is prepared, or remove the task");

  private static final About EXPORT =
      About.error(
          "cluster-managed-export",
          "An export that exists also where its file system is not mounted gives clients an empty"
              + " directory.",
          "ocf_heartbeat_exportfs(7)",
          "remove the nfs_export task: the resource exports the directory");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.cluster(UNIT, LOOKED_AT, ManagedRules::units),
        LintRule.cluster(CONTAINER, LOOKED_AT, ManagedRules::containers),
        LintRule.cluster(MOUNT, LOOKED_AT, ManagedRules::mounts),
        LintRule.cluster(EXPORT, LOOKED_AT, ManagedRules::exports));
  }

  private static void units(SeenCluster cluster, Findings found) {
    var managed = new TreeMap<String, String>();
    Declared.resources(cluster)
        .forEach(r -> {
          Optional<Agent> agent = Declared.agent(r);
          String id = r.text("name").orElse("");
          agent.ifPresent(a -> programs(a).forEach(unit -> managed.put(unit, id)));
        });
    for (String module : UNITS) {
      cluster
          .of(module)
          .filter(t -> t.is("enabled") || t.text("state").filter("started"::equals).isPresent())
          .forEach(t -> {
            String unit = t.text("name").orElse("").replaceFirst("\\.service$", "");
            String resource = managed.get(unit);
            if (resource != null) {
              found.at(
                  t.place(t.is("enabled") ? "enabled" : "state"),
                  "Pacemaker's resource '" + resource + "' starts and stops " + unit);
            }
          });
    }
  }

  private static Set<String> programs(Agent agent) {
    return switch (agent.standard()) {
      case "ocf" -> SAME.getOrDefault(agent.type(), Set.of());
      case "systemd", "service", "lsb" -> Set.of(agent.type().replaceFirst("\\.service$", ""));
      default -> Set.of();
    };
  }

  private static void containers(SeenCluster cluster, Findings found) {
    Set<String> names = values(cluster, "ocf:heartbeat:docker", "name");
    cluster
        .of("docker_container")
        .filter(t -> t.text("state").filter("absent"::equals).isEmpty())
        .filter(t -> t.text("name").filter(names::contains).isPresent())
        .forEach(t -> found.at(t.place("name"), "Pacemaker manages this container"));
  }

  private static void mounts(SeenCluster cluster, Findings found) {
    Set<String> folders = values(cluster, "ocf:heartbeat:Filesystem", "directory");
    cluster
        .of("mount")
        .filter(t -> t.text("path").filter(folders::contains).isPresent())
        .filter(t -> t.text("state").filter(Set.of("mounted", "present")::contains).isPresent())
        .forEach(t -> found.at(t.place("state"), "Pacemaker manages this mount"));
  }

  private static void exports(SeenCluster cluster, Findings found) {
    Set<String> folders = values(cluster, "ocf:heartbeat:exportfs", "directory");
    cluster
        .of("nfs_export")
        .filter(Declared::present)
        .filter(t -> t.text("path").filter(folders::contains).isPresent())
        .forEach(t -> found.at(t.place("path"), "Pacemaker manages this export"));
  }

  private static Set<String> values(SeenCluster cluster, String agent, String option) {
    var all = new TreeSet<String>();
    Declared.resources(cluster)
        .filter((SeenTask r) -> Declared.isAgent(r, agent))
        .forEach(r -> Declared.setting(r, "options", option).ifPresent(all::add));
    return all;
  }
}
