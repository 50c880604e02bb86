package dev.hactl.cli.show;

import dev.hactl.engine.run.Survey;
import dev.hactl.modules.show.ClusterStatus;
import dev.hactl.modules.show.Configured;
import dev.hactl.modules.show.NodeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What all nodes of a cluster told together.
 *
 * @param cluster its name in the inventory
 * @param answers by host, in the order of the inventory
 */
public record PairView(String cluster, SequencedMap<String, Survey.Answer<NodeView>> answers) {

  /** The nodes that told, by host of the inventory. */
  public SequencedMap<String, NodeView> nodes() {
    var told = new LinkedHashMap<String, NodeView>();
    answers.forEach((host, answer) -> {
      if (answer instanceof Survey.Answer.Told<NodeView>(NodeView node)) {
        told.put(host, node);
      }
    });
    return told;
  }

  /** Why the others did not, by host. */
  public SequencedMap<String, String> unseen() {
    var why = new LinkedHashMap<String, String>();
    answers.forEach((host, answer) -> {
      switch (answer) {
        case Survey.Answer.Told<NodeView> told -> {}
        case Survey.Answer.Unreachable<NodeView> u -> why.put(host, u.why());
        case Survey.Answer.Silent<NodeView> s -> why.put(host, s.why());
      }
    });
    return why;
  }

  /**
   * The cluster as one of its nodes sees it: one with quorum before one without, the coordinator
   * before others.
   */
  public Optional<ClusterStatus> status() {
    Optional<ClusterStatus> best = Optional.empty();
    for (NodeView node : nodes().values()) {
      if (node.cluster().isPresent() && (best.isEmpty() || better(node, best.get()))) {
        best = node.cluster();
      }
    }
    return best;
  }

  private static boolean better(NodeView node, ClusterStatus than) {
    ClusterStatus own = node.cluster().orElseThrow();
    return own.quorum() == than.quorum() ? own.dc().equals(node.name()) : own.quorum();
  }

  /** The configuration as a node that has it reads it. */
  public Configured configured() {
    return nodes().values().stream()
        .map(NodeView::configured)
        .filter(Configured::known)
        .findFirst()
        .orElse(new Configured(false, List.of(), List.of()));
  }

  /** All virtual addresses that the node bears. */
  public List<String> virtualAddresses(NodeView node) {
    return configured().virtualAddresses().stream().filter(node.addresses()::contains).toList();
  }

  /** What needs somebody's attention, one sentence each; empty when all is well. */
  public List<String> problems() {
    var problems = new ArrayList<String>();
    unseen()
        .forEach((host, why) -> problems.add(why.startsWith(host + ":") ? why : host + ": " + why));
    if (status().isEmpty() && !nodes().isEmpty()) {
      problems.add("Pacemaker does not answer on any node");
    }
    status().ifPresent(status -> problems.addAll(problems(status)));
    nodes()
        .forEach((host, node) -> {
          if (node.cluster().isEmpty() && status().isPresent()) {
            problems.add(host + ": Pacemaker does not answer");
          }
          node.replicas().stream()
              .filter(r -> !r.inSync())
              .forEach(r -> problems.add(host + ": DRBD " + r.resource() + " is " + r.show()));
        });
    addresses()
        .forEach((address, holders) -> {
          if (holders.size() > 1) {
            problems.add(address + " is on several nodes: " + String.join(", ", holders));
          } else if (holders.isEmpty() && unseen().isEmpty()) {
            problems.add(address + " is on no node");
          }
        });
    configured().bans().forEach(id -> problems.add("the constraint " + id + " is in force"));
    return problems;
  }

  private SequencedMap<String, SequencedSet<String>> addresses() {
    var all = new LinkedHashMap<String, SequencedSet<String>>();
    configured().virtualAddresses().forEach(a -> all.put(a, new LinkedHashSet<>()));
    nodes()
        .forEach((host, node) ->
            all.forEach((address, holders) -> {
              if (node.addresses().contains(address)) {
                holders.add(host);
              }
            }));
    return all;
  }

  private static List<String> problems(ClusterStatus status) {
    var problems = new ArrayList<String>();
    if (!status.quorum()) {
      problems.add("there is no quorum");
    }
    if (status.maintenance()) {
      problems.add("the cluster is in maintenance mode");
    }
    if (!status.fencing()) {
      problems.add("fencing is off (stonith-enabled=false)");
    }
    status.nodes().values().stream()
        .filter(n -> !n.state().equals("online"))
        .forEach(n -> problems.add("node " + n.name() + " is " + n.state()));
    status.resources().stream()
        .filter(r -> !r.flags().isEmpty())
        .forEach(r -> problems.add("resource " + r.id() + " is " + String.join(", ", r.flags())));
    status
        .failCounts()
        .forEach(f ->
            problems.add(
                "resource "
                    + f.resource()
                    + " failed on "
                    + f.node()
                    + ": fail count "
                    + f.count()));
    status
        .failures()
        .forEach(f ->
            problems.add(
                f.operation()
                    + " failed on "
                    + f.node()
                    + ": "
                    + f.status()
                    + (f.reason().isEmpty() ? "" : " (" + f.reason() + ")")));
    return problems;
  }
}
