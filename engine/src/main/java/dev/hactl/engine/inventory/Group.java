package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A named set of hosts.
 *
 * @param name unique in the inventory
 * @param hosts direct members
 * @param children groups whose hosts belong to this one too
 * @param vars variables from the inventory file, then from {@code group_vars/}, later ones win
 * @param cluster the cluster its hosts form, when it says so
 */
public record Group(
    String name,
    Set<String> hosts,
    Set<String> children,
    List<VarsSource> vars,
    Optional<String> cluster) {

  /**
   * Variables and where they stand.
   *
   * @param scope for origins, e.g. {@code group_vars}
   * @param mapping the variables
   */
  public record VarsSource(String scope, Node.Mapping mapping) {}
}
