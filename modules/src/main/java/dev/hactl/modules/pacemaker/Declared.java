package dev.hactl.modules.pacemaker;

import dev.hactl.engine.lint.SeenCluster;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.cib.Agent;
import dev.hactl.modules.cib.Operation;
import dev.hactl.modules.cib.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What playbooks say of a cluster's configuration, as far as that is known before a run. */
final class Declared {
  private static final String DRBD = "ocf:linbit:drbd";

  private Declared() {}

  /** A value that is set somewhere. */
  record Said(String name, String text, Place place) {}

  /** The settings of a parameter; empty when not all of their names are known. */
  static Optional<Map<String, Optional<String>>> settings(SeenTask task, String parameter) {
    Optional<Value> value = task.value(parameter);
    if (value.isEmpty()) {
      return Optional.of(Map.of());
    }
    var all = new LinkedHashMap<String, Optional<String>>();
    if (value.get() instanceof Value.Dict dict) {
      dict.entries().forEach((name, v) -> all.put(name, SeenTask.text(v)));
      return Optional.of(all);
    }
    try {
      for (Setting s : SettingsType.read(value.get())) {
        all.put(s.name(), s.value().secret() ? Optional.empty() : Optional.of(s.text()));
      }
      return Optional.of(all);
    } catch (BadValue | Evaluation.Missing e) {
      return Optional.empty();
    }
  }

  /** A setting whose text is known. */
  static Optional<String> setting(SeenTask task, String parameter, String name) {
    return settings(task, parameter).flatMap(s -> s.getOrDefault(name, Optional.empty()));
  }

  /** Whether a setting is missing for sure. */
  static boolean lacks(SeenTask task, String parameter, String name) {
    return settings(task, parameter).filter(s -> !s.containsKey(name)).isPresent();
  }

  /** The operations of a resource; empty when none are given, or not all is known of them. */
  static Optional<List<Operation>> operations(SeenTask task) {
    try {
      return task.value("operations").map(OperationsType::read);
    } catch (BadValue | Evaluation.Missing e) {
      return Optional.empty();
    }
  }

  /** A setting of an operation. */
  static Optional<String> setting(Operation operation, String name) {
    return operation.settings().stream()
        .filter(s -> s.name().equals(name))
        .map(Setting::text)
        .findFirst();
  }

  /** The agent of a resource. */
  static Optional<Agent> agent(SeenTask resource) {
    return resource.text("agent").flatMap(Agent::parse);
  }

  static boolean isAgent(SeenTask resource, String name) {
    return agent(resource).filter(a -> a.toString().equals(name)).isPresent();
  }

  static boolean present(SeenTask task) {
    return task.text("state").filter("absent"::equals).isEmpty();
  }

  /** Whether a copy of the resource can be promoted. */
  static boolean promotable(SeenTask resource) {
    return resource
        .value("promotable")
        .filter(v -> !(v instanceof Value.Bool b && !b.value()))
        .isPresent();
  }

  /** The resources that are to be there. */
  static Stream<SeenTask> resources(SeenCluster cluster) {
    return cluster.of("pcs_resource").filter(Declared::present);
  }

  /** The clones of replicated disks, by id. */
  static List<String> drbdClones(SeenCluster cluster) {
    return resources(cluster)
        .filter(r -> isAgent(r, DRBD))
        .filter(Declared::promotable)
        .flatMap(r -> r.text("clone_name").or(() -> r.text("name").map(n -> n + "-clone")).stream())
        .distinct()
        .toList();
  }

  static boolean drbd(SeenCluster cluster) {
    return cluster.has("drbd") || resources(cluster).anyMatch(r -> isAgent(r, DRBD));
  }

  /** The group that a resource is in, if any task says so. */
  static Optional<String> group(SeenCluster cluster, SeenTask resource) {
    String id = resource.text("name").orElse("");
    return resource
        .text("group")
        .or(() ->
            resources(cluster)
                .filter(r -> r.texts("members").contains(id))
                .flatMap(r -> r.text("name").stream())
                .findFirst());
  }

  /** What is said of a property. */
  static Stream<Said> property(SeenCluster cluster, String name) {
    return cluster.of("pcs_property").flatMap(task -> property(task, name).stream());
  }

  /** What a task says of a property. */
  static Optional<Said> property(SeenTask task, String name) {
    if (task.text("name").filter(name::equals).isPresent() && present(task)) {
      return task.text("value").map(v -> new Said(name, v, task.place("value")));
    }
    return setting(task, "properties", name)
        .map(v -> new Said(name, v, task.place("properties", name)));
  }
}
