package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.TargetChoice;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.nodes.CrmMon;
import dev.hactl.modules.show.ClusterStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What one member says of where resources run.
 *
 * @param node what Pacemaker calls the member
 * @param status nothing where Pacemaker does not answer
 */
record Whereabouts(String node, Optional<ClusterStatus> status) {
  /** As long as crm_mon may take in a cluster that is electing. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String WAIT = "wait until the cluster is stable, and look with 'hactl show'";

  static Probe<Whereabouts> probe() {
    return Look.at("node", "crm_node -n 2> /dev/null || uname -n")
        .and("mon", CrmMon.PRINT)
        .probe(s -> new Whereabouts(s.text("node").strip(), ClusterStatus.parse(s.text("mon"))))
        .within(PATIENCE);
  }

  /**
   * Chooses by what the members with quorum agree on, in names of the inventory.
   *
   * @param nodes the nodes that are meant, by one status
   */
  static TargetChoice choose(Members<Whereabouts> seen, Function<ClusterStatus, Chosen> nodes) {
    Map<String, Chosen> views = new LinkedHashMap<>();
    for (var member : seen.observed().entrySet()) {
      Optional<ClusterStatus> status = member.getValue().status().filter(ClusterStatus::quorum);
      if (status.isPresent()) {
        views.put(member.getKey(), of(status.get(), nodes));
      }
    }
    if (views.isEmpty()) {
      String unseen = seen.complete() ? "" : "; not seen: " + seen.unseen();
      return new TargetChoice.Nobody(
          "no member answers as part of a cluster with quorum" + unseen,
          "start the cluster, or look with 'hactl show'");
    }
    Chosen first = views.values().iterator().next();
    for (var view : views.entrySet()) {
      if (!view.getValue().nodes().equals(first.nodes())) {
        return new TargetChoice.Nobody("members see it differently: " + told(views), WAIT);
      }
    }
    if (first.nodes().isEmpty()) {
      return new TargetChoice.Nobody(first.why(), first.advice());
    }
    return hosts(seen, first.nodes());
  }

  /** Nodes of a status, or why there are none. */
  record Chosen(Set<String> nodes, String why, String advice) {
    static Chosen none(String why, String advice) {
      return new Chosen(Set.of(), why, advice);
    }
  }

  private static Chosen of(ClusterStatus status, Function<ClusterStatus, Chosen> nodes) {
    List<String> unclean =
        status.nodes().values().stream()
            .filter(n -> n.state().equals("unclean"))
            .map(ClusterStatus.Node::name)
            .toList();
    return unclean.isEmpty()
        ? nodes.apply(status)
        : Chosen.none(
            String.join(", ", unclean) + " is unclean: nobody knows what runs there",
            "wait until it is fenced, or fence it");
  }

  private static String told(Map<String, Chosen> views) {
    var words = new TreeSet<String>();
    views.forEach((member, chosen) ->
        words.add(
            member
                + ": "
                + (chosen.nodes().isEmpty() ? chosen.why() : String.join(" ", chosen.nodes()))));
    return String.join("; ", words);
  }

  private static TargetChoice hosts(Members<Whereabouts> seen, Set<String> nodes) {
    var names = new TreeSet<String>();
    for (String node : nodes) {
      Optional<String> member =
          seen.names().stream()
              .filter(n -> seen.of(n).map(w -> w.node().equals(node)).orElse(n.equals(node)))
              .findFirst();
      if (member.isEmpty()) {
        if (!seen.complete()) {
          return new TargetChoice.Nobody(
              "the node " + node + " is meant, and not seen: " + seen.unseen(),
              "bring its host back");
        }
        return new TargetChoice.Nobody(
            "the node " + node + " is no host of the inventory's cluster",
            "add it to the group that has 'cluster:'");
      }
      names.add(member.get());
    }
    return new TargetChoice.Hosts(seen.names().stream().filter(names::contains).toList());
  }
}
