package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A named set of hosts.
 *
 * @param name unique in the inventory
 * @param hosts direct members, in the order they were named
 * @param children groups whose hosts belong to this one too
 * @param vars variables from the inventory, then from {@code group_vars/}, later ones win
 * @param cluster the cluster its hosts form, when it says so
 * @param priority among groups of one level the larger one's variables win
 */
public record Group(
    String name,
    Set<String> hosts,
    Set<String> children,
    List<VarsSource> vars,
    Optional<String> cluster,
    int priority) {
  /** Of a group that does not say it. */
  static final int PRIORITY = 1;

  /**
   * Variables and where they stand.
   *
   * @param scope for origins, e.g. {@code group_vars}
   * @param mapping the variables
   * @param data whether its texts are data, never rendered: a program printed them
   */
  public record VarsSource(String scope, Node.Mapping mapping, boolean data) {}
}
