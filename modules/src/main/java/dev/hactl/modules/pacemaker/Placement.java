package dev.hactl.modules.pacemaker;

import dev.hactl.engine.source.Near;
import dev.hactl.modules.pacemaker.Whereabouts.Chosen;
import dev.hactl.modules.show.ClusterStatus;
import dev.hactl.modules.show.ClusterStatus.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** On which nodes a resource is active, and which others there are. */
final class Placement {
  private static final Set<String> MOVING = Set.of("Starting", "Stopping", "Promoting", "Demoting");

  private Placement() {}

  /**
   * Where a primitive, group or clone is active. Of a promotable clone that is where it is
   * promoted.
   */
  static Chosen active(ClusterStatus status, String resource) {
    List<Resource> own =
        status.resources().stream()
            .filter(r -> base(r.id()).equals(resource) || r.container().equals(resource))
            .toList();
    if (own.isEmpty()) {
      var names = new TreeSet<String>();
      status.resources().forEach(r -> names.addAll(List.of(base(r.id()), r.container())));
      return Chosen.none(
          "the cluster has no resource '" + resource + "'",
          Near.hint(resource, names).orElse("there are: " + String.join(", ", names)));
    }
    List<String> moving =
        own.stream()
            .filter(r -> MOVING.contains(r.role()))
            .map(r -> r.id() + " is " + r.role().toLowerCase(Locale.ROOT))
            .toList();
    if (!moving.isEmpty()) {
      return Chosen.none(String.join(", ", moving), "wait until it has arrived");
    }
    boolean promotable =
        own.stream().anyMatch(r -> r.role().equals("Promoted") || r.role().equals("Unpromoted"));
    Set<String> nodes = nodes(own, promotable ? "Promoted" : "Started");
    return nodes.isEmpty()
        ? Chosen.none(
            resource + " is " + (promotable ? "promoted" : "active") + " nowhere",
            "look for the cause with 'hactl show'")
        : new Chosen(nodes, "", "");
  }

  private static Set<String> nodes(List<Resource> resources, String role) {
    return resources.stream()
        .filter(r -> r.role().equals(role))
        .flatMap(r -> r.nodes().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The nodes that take part and on which a resource is not active, though it is on another. */
  static Chosen passive(ClusterStatus status, String resource) {
    Chosen active = active(status, resource);
    return active.nodes().isEmpty() ? active : others(status, active.nodes(), resource);
  }

  /** The nodes that take part and run nothing that runs on one node only. */
  static Chosen passive(ClusterStatus status) {
    var busy = new TreeSet<String>();
    for (Resource r : status.resources()) {
      List<Resource> same =
          status.resources().stream().filter(o -> base(o.id()).equals(base(r.id()))).toList();
      boolean alone = r.role().equals("Started") && nodes(same, "Started").size() == 1;
      if (r.role().equals("Promoted") || (alone && !r.agent().startsWith("stonith:"))) {
        busy.addAll(r.nodes());
      }
    }
    return busy.isEmpty()
        ? Chosen.none(
            "no node runs anything, so none is the passive one", "name a resource, or a host")
        : others(status, busy, "something");
  }

  private static Chosen others(ClusterStatus status, Set<String> active, String what) {
    var rest = new LinkedHashSet<String>();
    status.nodes().values().stream()
        .filter(n -> n.online() && !n.state().equals("pending"))
        .map(ClusterStatus.Node::name)
        .filter(n -> !active.contains(n))
        .forEach(rest::add);
    return rest.isEmpty()
        ? Chosen.none(
            what + " is active on " + String.join(", ", active) + ", and no other node takes part",
            "bring the other node back")
        : new Chosen(new TreeSet<>(rest), "", "");
  }

  private static String base(String id) {
    int colon = id.indexOf(':');
    return colon < 0 ? id : id.substring(0, colon);
  }
}
