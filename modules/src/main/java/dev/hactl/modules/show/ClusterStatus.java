package dev.hactl.modules.show;

import dev.hactl.modules.cib.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What Pacemaker says of the whole cluster on one of its nodes: the XML of crm_mon(8), of which
 * Pacemaker 1.1 (root {@code crm_mon}) and 2 and 3 (root {@code pacemaker-result}) share what is
 * read here.
 *
 * @param dc the name of the node that coordinates; empty when there is none
 * @param quorum whether the partition has it
 * @param maintenance whether the whole cluster is in maintenance mode
 * @param fencing whether it is enabled
 * @param nodes by name
 * @param resources primitives, those of clones once per node
 * @param failCounts of resources that failed
 * @param failures the operations that failed last
 */
public record ClusterStatus(
    String dc,
    boolean quorum,
    boolean maintenance,
    boolean fencing,
    SequencedMap<String, Node> nodes,
    List<Resource> resources,
    List<FailCount> failCounts,
    List<Failure> failures) {

  /**
   * A node.
   *
   * @param state online, standby, maintenance, pending, offline or unclean, the gravest first
   * @param attributes of the node, transient ones and those of the configuration
   */
  public record Node(String name, String state, SequencedMap<String, String> attributes) {
    /** Whether it takes part, in whatever state. */
    public boolean online() {
      return !state.equals("offline") && !state.equals("unclean");
    }
  }

  /**
   * An instance of a primitive.
   *
   * @param container the group, clone or bundle it is in; its own id when it stands alone
   * @param role Started, Stopped, Promoted, Unpromoted, Starting, ...
   * @param nodes where it is active
   * @param flags what deserves attention: failed, blocked, orphaned, unmanaged
   */
  public record Resource(
      String id,
      String container,
      String agent,
      String role,
      List<String> nodes,
      List<String> flags) {}

  /** How often a resource failed on a node; {@code count} may be INFINITY. */
  public record FailCount(String resource, String node, String count) {}

  /** An operation that failed, with the agent's reason where it gave one. */
  public record Failure(String operation, String node, String status, String reason) {}

  /**
   * Reads the status.
   *
   * @param xml what crm_mon printed
   * @return nothing when the cluster does not answer
   */
  public static Optional<ClusterStatus> parse(String xml) {
    if (xml.isBlank()) {
      return Optional.empty();
    }
    Element root = Element.parse(xml);
    Element summary = root.child("summary").orElse(Element.of("summary"));
    Element dc = summary.child("current_dc").orElse(Element.of("current_dc"));
    Element options = summary.child("cluster_options").orElse(Element.of("cluster_options"));
    var resources = new ArrayList<Resource>();
    root.child("resources").ifPresent(all -> collect(all, "", resources));
    return Optional.of(
        new ClusterStatus(
            dc.attribute("name", ""),
            is(dc, "with_quorum"),
            is(options, "maintenance-mode"),
            is(options, "stonith-enabled"),
            nodes(root),
            resources,
            failCounts(root),
            failures(root)));
  }

  private static boolean is(Element element, String attribute) {
    return element.attribute(attribute, "").equals("true");
  }

  private static SequencedMap<String, Node> nodes(Element root) {
    var attributes = new LinkedHashMap<String, SequencedMap<String, String>>();
    for (Element node : inside(root, "node_attributes", "node")) {
      var own = new LinkedHashMap<String, String>();
      node.children("attribute")
          .forEach(a -> own.put(a.attribute("name", ""), a.attribute("value", "")));
      attributes.put(node.attribute("name", ""), own);
    }
    var nodes = new LinkedHashMap<String, Node>();
    for (Element node : inside(root, "nodes", "node")) {
      String name = node.attribute("name", "");
      nodes.put(
          name, new Node(name, state(node), attributes.getOrDefault(name, new LinkedHashMap<>())));
    }
    return nodes;
  }

  private static String state(Element node) {
    if (is(node, "unclean")) {
      return "unclean";
    }
    if (!is(node, "online")) {
      return "offline";
    }
    for (String word : List.of("pending", "standby", "maintenance")) {
      if (is(node, word)) {
        return word;
      }
    }
    return "online";
  }

  private static void collect(Element from, String container, List<Resource> into) {
    for (Element child : from.children()) {
      String id = child.id();
      // Instances in a bundle stand inside a replica, which has a number instead of a name.
      String around = container.isEmpty() ? id : container;
      if (child.name().equals("resource")) {
        into.add(resource(child, around));
      } else {
        collect(child, around, into);
      }
    }
  }

  private static Resource resource(Element e, String container) {
    var flags = new ArrayList<String>();
    for (String flag : List.of("failed", "blocked", "orphaned")) {
      if (is(e, flag)) {
        flags.add(flag);
      }
    }
    if (e.attribute("managed", "true").equals("false")) {
      flags.add("unmanaged");
    }
    return new Resource(
        e.id(),
        container,
        e.attribute("resource_agent", "").replace("::", ":"),
        role(e.attribute("role", "Unknown")),
        e.children("node").stream().map(n -> n.attribute("name", "")).toList(),
        flags);
  }

  /** Pacemaker before 2.1 has other words for the roles of a promotable clone. */
  private static String role(String word) {
    return switch (word) {
      case "Master" -> "Promoted";
      case "Slave" -> "Unpromoted";
      default -> word;
    };
  }

  private static List<FailCount> failCounts(Element root) {
    var counts = new ArrayList<FailCount>();
    for (Element node : inside(root, "node_history", "node")) {
      for (Element resource : node.children("resource_history")) {
        String count = resource.attribute("fail-count", "0");
        if (!count.equals("0")) {
          counts.add(new FailCount(resource.id(), node.attribute("name", ""), count));
        }
      }
    }
    return counts;
  }

  private static List<Failure> failures(Element root) {
    return inside(root, "failures", "failure").stream()
        .map(f ->
            new Failure(
                f.attribute("op_key", f.attribute("task", "")),
                f.attribute("node", ""),
                f.attribute("exitstatus", f.attribute("status", "")),
                f.attribute("exitreason", "")))
        .toList();
  }

  private static List<Element> inside(Element root, String section, String tag) {
    return root.child(section).map(s -> s.children(tag)).orElse(List.of());
  }

  /** The attributes of a node. */
  public Map<String, String> attributes(String node) {
    Node known = nodes.get(node);
    return known == null ? Map.of() : known.attributes();
  }
}
