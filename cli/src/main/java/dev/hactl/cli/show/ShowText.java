package dev.hactl.cli.show;

import dev.hactl.modules.drbd.Replica;
import dev.hactl.modules.show.ClusterStatus;
import dev.hactl.modules.show.NodeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A cluster's state for people: a line for the whole, a column per node, the resources, problems.
 */
public final class ShowText {
  private static final String NOTHING = "-";
  private final PairView view;
  private final List<List<String>> rows = new ArrayList<>();

  private ShowText(PairView view) {
    this.view = view;
  }

  /** The lines of the screen. */
  public static List<String> lines(PairView view) {
    return new ShowText(view).lines();
  }

  private List<String> lines() {
    var lines = new ArrayList<String>(List.of(summary(), ""));
    table();
    lines.addAll(Columns.of(rows));
    view.status()
        .ifPresent(status -> {
          lines.add("");
          lines.addAll(Columns.of(resources(status)));
        });
    List<String> problems = view.problems();
    lines.add("");
    lines.add(problems.isEmpty() ? "No problems." : "Problems:");
    problems.forEach(p -> lines.add("  " + p));
    return lines;
  }

  private String summary() {
    String name = "Cluster " + view.cluster() + ": ";
    return name
        + view.status()
            .map(status -> {
              long online =
                  status.nodes().values().stream().filter(ClusterStatus.Node::online).count();
              var words = new ArrayList<String>();
              words.add(online + " of " + status.nodes().size() + " nodes online");
              words.add(status.quorum() ? "quorum" : "NO QUORUM");
              words.add("fencing " + (status.fencing() ? "on" : "OFF"));
              if (status.maintenance()) {
                words.add("MAINTENANCE");
              }
              words.add("coordinator " + (status.dc().isEmpty() ? "none" : status.dc()));
              return String.join(", ", words);
            })
            .orElse("Pacemaker does not answer");
  }

  private void table() {
    var head = new ArrayList<String>(List.of(""));
    head.addAll(view.answers().keySet());
    rows.add(head);
    row("node", this::state);
    row("virtual address", n -> joined(view.virtualAddresses(n)));
    for (String resource : names(n -> n.replicas().stream().map(Replica::resource).toList())) {
      row("DRBD " + resource, n -> replica(n, resource));
    }
    for (String mount : names(n -> n.spaces().stream().map(NodeView.Space::mountPoint).toList())) {
      row("space " + mount, n -> space(n, mount));
    }
    for (String file : names(n -> n.images().stream().map(NodeView.Image::file).toList())) {
      row("image " + file, n -> image(n, file));
    }
    for (String export : names(NodeView::exports)) {
      row("export " + export, n -> n.exports().contains(export) ? "offered" : NOTHING);
    }
    view.status()
        .ifPresent(status -> {
          for (String attribute : attributes(status)) {
            row(
                "attribute " + attribute,
                n -> status.attributes(n.name()).getOrDefault(attribute, NOTHING));
          }
        });
  }

  private static Set<String> attributes(ClusterStatus status) {
    return status.nodes().values().stream()
        .flatMap(n -> n.attributes().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> names(Function<NodeView, List<String>> of) {
    return view.nodes().values().stream()
        .flatMap(n -> of.apply(n).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void row(String label, Function<NodeView, String> cell) {
    var row = new ArrayList<String>(List.of(label));
    SequencedMap<String, NodeView> nodes = view.nodes();
    for (String host : view.answers().keySet()) {
      NodeView node = nodes.get(host);
      row.add(node == null ? "?" : cell.apply(node));
    }
    rows.add(row);
  }

  private String state(NodeView node) {
    return view.status()
        .map(s -> s.nodes().get(node.name()))
        .map(ClusterStatus.Node::state)
        .orElse("reachable");
  }

  private static String joined(List<String> words) {
    return words.isEmpty() ? NOTHING : String.join(", ", words);
  }

  private static String replica(NodeView node, String resource) {
    return node.replicas().stream()
        .filter(r -> r.resource().equals(resource))
        .findFirst()
        .map(r -> r.show() + (r.inSync() ? "" : "  NOT IN SYNC"))
        .orElse("not running");
  }

  private static String space(NodeView node, String mount) {
    return node.spaces().stream()
        .filter(s -> s.mountPoint().equals(mount))
        .findFirst()
        .map(s -> s.percent() + "% of " + size(1024 * s.size()))
        .orElse(NOTHING);
  }

  private static String image(NodeView node, String file) {
    return node.images().stream()
        .filter(i -> i.file().equals(file))
        .findFirst()
        .map(i -> size(i.bytes()) + " on " + i.device())
        .orElse(NOTHING);
  }

  private static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  /** A line per group, clone or single resource. */
  private static List<List<String>> resources(ClusterStatus status) {
    var byContainer = new LinkedHashMap<String, List<ClusterStatus.Resource>>();
    status
        .resources()
        .forEach(r -> byContainer.computeIfAbsent(r.container(), c -> new ArrayList<>()).add(r));
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("resource", "state", "members"));
    byContainer.forEach((container, members) -> {
      var states = new LinkedHashSet<String>();
      var names = new LinkedHashSet<String>();
      members.forEach(m -> {
        states.add(m.role() + (m.nodes().isEmpty() ? "" : " on " + String.join(", ", m.nodes())));
        if (!m.id().equals(container)) {
          names.add(m.id());
        }
      });
      rows.add(List.of(container, String.join("; ", states), String.join(", ", names)));
    });
    return rows;
  }

  /** Cells below each other. */
  private static final class Columns {
    private Columns() {}

    static List<String> of(List<List<String>> rows) {
      Map<Integer, Integer> widths = new LinkedHashMap<>();
      rows.forEach(row -> {
        for (int i = 0; i < row.size(); i++) {
          widths.merge(i, row.get(i).length(), Math::max);
        }
      });
      return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, Map<Integer, Integer> widths) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        line.append(" ".repeat(widths.getOrDefault(i, 0) - row.get(i).length() + 2));
      }
      return line.toString().stripTrailing();
    }
  }
}
