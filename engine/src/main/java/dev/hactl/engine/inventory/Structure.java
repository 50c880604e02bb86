package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/**
 * What variables of a group say about the group itself. The INI form and programs have no other
 * place for it, and Ansible reads such an inventory too.
 *
 * @param priority {@code ansible_group_priority}: among groups of one level the larger wins
 * @param cluster {@code hactl_cluster}: the cluster that the group's hosts form
 * @param rest the variables that are left
 */
record Structure(Optional<Integer> priority, Optional<String> cluster, Node.Mapping rest) {
  private static final String PRIORITY = "ansible_group_priority";
  private static final String CLUSTER = "hactl_cluster";
  private static final Set<String> NAMES = Set.of(PRIORITY, CLUSTER);

  static Structure of(Node.Mapping vars, Problems problems) {
    if (vars.entries().stream().noneMatch(e -> NAMES.contains(e.name()))) {
      return new Structure(Optional.empty(), Optional.empty(), vars);
    }
    Optional<Integer> priority = Optional.empty();
    Optional<String> cluster = Optional.empty();
    var rest = new ArrayList<Node.Entry>();
    for (Node.Entry e : vars.entries()) {
      switch (e.name()) {
        case PRIORITY -> priority = priority(e.value(), problems);
        case CLUSTER -> cluster = cluster(e.value(), problems);
        default -> rest.add(e);
      }
    }
    return new Structure(priority, cluster, new Node.Mapping(rest, vars.place()));
  }

  /** The name of a cluster. */
  static Optional<String> cluster(Node node, Problems problems) {
    if (node instanceof Node.Scalar s && s.kind() != Node.Kind.NULL && !s.text().isBlank()) {
      return Optional.of(s.text());
    }
    problems.error(node.place(), "cluster is the name of the cluster that the group's hosts form");
    return Optional.empty();
  }

  private static Optional<Integer> priority(Node node, Problems problems) {
    if (node instanceof Node.Scalar s && s.text().matches("-?[0-9]{1,9}")) {
      return Optional.of(Integer.valueOf(s.text()));
    }
    problems.error(
        node.place(),
        PRIORITY
            + " is a whole number, this is "
            + (node instanceof Node.Scalar s ? "'" + s.text() + "'" : "a " + node.describe()),
        "the default is 1; among groups of one level the larger number wins");
    return Optional.empty();
  }

  /** Notes names that mean nothing where they stand. */
  static void refuse(Node.Mapping vars, String why, Problems problems) {
    for (Node.Entry e : vars.entries()) {
      if (NAMES.contains(e.name())) {
        problems.error(
            e.key().place(),
            "'" + e.name() + "' " + why,
            e.name().equals(CLUSTER)
                ? "write 'cluster: NAME' on the group, or hactl_cluster below its vars"
                : "write it below 'vars' of the group");
      }
    }
  }
}
