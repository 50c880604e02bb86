package dev.hactl.cli.show;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.modules.drbd.Replica;
import dev.hactl.modules.show.ClusterStatus;
import dev.hactl.modules.show.NodeView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster's state for programs: one JSON object on one line. */
public final class ShowJson {
  private ShowJson() {}

  /** The object as text. */
  public static String text(PairView view) {
    try {
      return JSON.std.asString(all(view));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Keys and values in turn; unlike {@code Map.of}, in this order. */
  private static Map<String, Object> object(Object... words) {
    var all = new LinkedHashMap<String, Object>();
    for (int i = 0; i < words.length; i += 2) {
      all.put((String) words[i], words[i + 1]);
    }
    return all;
  }

  private static Map<String, Object> all(PairView view) {
    var all = new LinkedHashMap<String, Object>();
    all.put("cluster", view.cluster());
    view.status().ifPresent(status -> all.put("pacemaker", pacemaker(status)));
    var nodes = new LinkedHashMap<String, Object>();
    Map<String, NodeView> told = view.nodes();
    Map<String, String> unseen = view.unseen();
    view.answers()
        .sequencedKeySet()
        .forEach(host -> {
          NodeView node = told.get(host);
          nodes.put(
              host,
              node == null
                  ? object("observed", false, "why", unseen.getOrDefault(host, ""))
                  : node(view, node));
        });
    all.put("nodes", nodes);
    all.put("problems", view.problems());
    return all;
  }

  private static Map<String, Object> pacemaker(ClusterStatus status) {
    var all = new LinkedHashMap<String, Object>();
    all.put("coordinator", status.dc());
    all.put("quorum", status.quorum());
    all.put("maintenance", status.maintenance());
    all.put("fencing", status.fencing());
    var nodes = new LinkedHashMap<String, Object>();
    status
        .nodes()
        .forEach(
            (name, n) -> nodes.put(name, object("state", n.state(), "attributes", n.attributes())));
    all.put("nodes", nodes);
    all.put("resources", status.resources().stream().map(ShowJson::resource).toList());
    all.put(
        "fail_counts",
        status.failCounts().stream()
            .map(f -> object("resource", f.resource(), "node", f.node(), "count", f.count()))
            .toList());
    all.put(
        "failures",
        status.failures().stream()
            .map(f ->
                object(
                    "operation", f.operation(),
                    "node", f.node(),
                    "status", f.status(),
                    "reason", f.reason()))
            .toList());
    return all;
  }

  private static Map<String, Object> resource(ClusterStatus.Resource r) {
    var all = new LinkedHashMap<String, Object>();
    all.put("id", r.id());
    all.put("in", r.container());
    all.put("agent", r.agent());
    all.put("role", r.role());
    all.put("nodes", r.nodes());
    all.put("flags", r.flags());
    return all;
  }

  private static Map<String, Object> node(PairView view, NodeView node) {
    var all = new LinkedHashMap<String, Object>();
    all.put("observed", true);
    all.put("name", node.name());
    all.put("virtual_addresses", view.virtualAddresses(node));
    all.put("drbd", node.replicas().stream().map(ShowJson::replica).toList());
    all.put("space", node.spaces().stream().map(ShowJson::space).toList());
    all.put(
        "images",
        node.images().stream()
            .map(i -> object("file", i.file(), "device", i.device(), "bytes", i.bytes()))
            .toList());
    all.put("exports", node.exports());
    return all;
  }

  private static Map<String, Object> replica(Replica r) {
    var all = new LinkedHashMap<String, Object>();
    all.put("resource", r.resource());
    all.put("role", r.role());
    all.put("disk", r.disk());
    all.put("in_sync", r.inSync());
    List<Map<String, Object>> links =
        r.links().stream()
            .map(l ->
                object(
                    "peer", l.peer(),
                    "connection", l.connection(),
                    "peer_role", l.role(),
                    "peer_disk", l.disk(),
                    "replication", l.replication(),
                    "out_of_sync_kib", l.outOfSync()))
            .toList();
    all.put("links", links);
    return all;
  }

  private static Map<String, Object> space(NodeView.Space s) {
    return object(
        "mount_point", s.mountPoint(),
        "device", s.device(),
        "size_kib", s.size(),
        "used_kib", s.used(),
        "percent", s.percent());
  }
}
