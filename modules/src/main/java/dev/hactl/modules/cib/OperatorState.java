package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What belongs to the operator, to DRBD's fence handler or to Pacemaker itself, and is never
 * changed: temporary constraints, standby and maintenance, the cluster's own properties, and the
 * meta attributes by which people stop resources. This is the only place that knows the list.
 *
 * <p>Sources: crm_resource(8) {@code --ban}, {@code --move}; drbd's crm-fence-peer handlers;
 * Pacemaker Explained, "Cluster options".
 */
public final class OperatorState {
  private static final List<String> CONSTRAINTS =
      List.of("cli-ban-", "cli-prefer-", "cli-standby-", "drbd-fence-by-handler-");

  private static final Set<String> OPERATORS_PROPERTIES =
      Set.of("maintenance-mode", "stop-all-resources");

  private static final Set<String> CLUSTERS_PROPERTIES =
      Set.of(
          "dc-version",
          "cluster-infrastructure",
          "cluster-name",
          "have-watchdog",
          "last-lrm-refresh");

  private static final Set<String> META = Set.of("target-role", "is-managed", "maintenance");

  private OperatorState() {}

  /** A meta attribute of a resource that people use to stop or release it. */
  public record Attribute(String resource, String name) {}

  /** Whether a constraint is not hactl's to touch. */
  public static boolean isConstraint(String id) {
    return CONSTRAINTS.stream().anyMatch(id::startsWith);
  }

  /** Whether a cluster property is not hactl's to touch. */
  public static boolean isProperty(String name) {
    return OPERATORS_PROPERTIES.contains(name) || isOfCluster(name);
  }

  /** Whether Pacemaker itself keeps a property. */
  public static boolean isOfCluster(String name) {
    return CLUSTERS_PROPERTIES.contains(name) || name.endsWith("-watchdog-timeout");
  }

  /** Whether a meta attribute is left alone unless a task names it. */
  public static boolean isMeta(String name) {
    return META.contains(name);
  }

  /** What a configuration holds of it, one line each, for the plan. */
  public static List<String> of(Cib cib) {
    var lines = new ArrayList<String>();
    for (Element constraint : cib.section("constraints").children()) {
      if (isConstraint(constraint.id())) {
        boolean handler = constraint.id().startsWith("drbd-");
        lines.add((handler ? "runtime: " : "operator: ") + "constraint " + constraint.id());
      }
    }
    for (Element node : cib.section("nodes").children()) {
      for (Element pair : node.all().filter(e -> e.name().equals("nvpair")).toList()) {
        String name = pair.attribute("name", "");
        if (name.equals("standby") || name.equals("maintenance")) {
          lines.add("operator: node " + node.attribute("uname", node.id()) + " " + shown(pair));
        }
      }
    }
    properties(cib)
        .forEach((name, value) -> {
          if (OPERATORS_PROPERTIES.contains(name)) {
            lines.add("operator: " + name + "=" + value);
          }
        });
    attributes(cib)
        .forEach(
            (at, value) -> lines.add("operator: " + at.resource() + " " + at.name() + "=" + value));
    return lines;
  }

  private static String shown(Element pair) {
    return pair.attribute("name", "") + "=" + pair.attribute("value", "");
  }

  /**
   * Why an edit went too far, if it did.
   *
   * @param declared attributes that its task names
   */
  static Optional<String> violated(Cib before, Cib after, Set<Attribute> declared) {
    if (!before.section("nodes").equals(after.section("nodes"))) {
      return Optional.of("the nodes and their attributes are not changed by such a task");
    }
    var constraints = new LinkedHashSet<>(constraints(before));
    var now = new LinkedHashSet<>(constraints(after));
    if (!constraints.equals(now)) {
      var changed = new LinkedHashSet<>(constraints);
      changed.removeAll(now);
      now.removeAll(constraints);
      changed.addAll(now);
      return Optional.of(
          "the constraint "
              + changed.getFirst().id()
              + " is made and removed by crm_resource or by DRBD's fence handler only");
    }
    Optional<String> property = firstChange(cluster(before), cluster(after));
    if (property.isPresent()) {
      return Optional.of(
          "the property " + property.get() + " belongs to the cluster and its operator");
    }
    return attributeChange(before, after, declared);
  }

  private static Optional<String> attributeChange(Cib before, Cib after, Set<Attribute> declared) {
    Map<Attribute, String> is = attributes(after);
    Set<String> left = after.ids();
    for (var entry : attributes(before).entrySet()) {
      Attribute at = entry.getKey();
      if (left.contains(at.resource())
          && !declared.contains(at)
          && !entry.getValue().equals(is.get(at))) {
        return Optional.of(
            at.name()
                + " of "
                + at.resource()
                + " was set by the operator and the task does not name it");
      }
    }
    return Optional.empty();
  }

  private static List<Element> constraints(Cib cib) {
    return cib.section("constraints").children().stream()
        .filter(c -> isConstraint(c.id()))
        .toList();
  }

  private static SequencedMap<String, String> properties(Cib cib) {
    var all = new LinkedHashMap<String, String>();
    cib.section("crm_config")
        .all()
        .filter(e -> e.name().equals("nvpair"))
        .forEach(p -> all.putIfAbsent(p.attribute("name", ""), p.attribute("value", "")));
    return all;
  }

  private static SequencedMap<String, String> cluster(Cib cib) {
    var all = properties(cib);
    all.keySet().removeIf(name -> !isProperty(name));
    return all;
  }

  private static Optional<String> firstChange(
      Map<String, String> before, Map<String, String> after) {
    var names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream()
        .filter(n -> !before.getOrDefault(n, "\0").equals(after.getOrDefault(n, "\0")))
        .findFirst();
  }

  private static SequencedMap<Attribute, String> attributes(Cib cib) {
    var all = new LinkedHashMap<Attribute, String>();
    cib.section(Resources.SECTION)
        .all()
        .filter(Resources::isResource)
        .forEach(resource ->
            resource.children("meta_attributes").stream()
                .flatMap(set -> set.children("nvpair").stream())
                .filter(p -> isMeta(p.attribute("name", "")))
                .forEach(p ->
                    all.putIfAbsent(
                        new Attribute(resource.id(), p.attribute("name", "")),
                        p.attribute("value", ""))));
    return all;
  }
}
