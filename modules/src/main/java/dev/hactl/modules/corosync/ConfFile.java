package dev.hactl.modules.corosync;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes and reads corosync.conf(5). */
final class ConfFile {
  private static final Pattern OWN_KEYS =
      Pattern.compile("nodelist\\.local_node_pos|totem\\.interface\\.\\d+\\.bindnetaddr");

  private ConfFile() {}

  /**
   * A node of the cluster.
   *
   * @param addresses one a link
   */
  record Node(String name, int id, List<String> addresses) {}

  /** The text, the same on all members. */
  static String write(CorosyncWish wish, Collection<Node> nodes) {
    var text = new StringBuilder("# Written by hactl.\n");
    var totem = new LinkedHashMap<String, String>();
    totem.put("version", "2");
    totem.put("cluster_name", wish.clusterName());
    totem.putAll(wish.totem());
    section(text, "totem", totem);
    text.append("nodelist {\n");
    for (Node node : nodes) {
      text.append("  node {\n");
      for (int link = 0; link < node.addresses().size(); link++) {
        text.append("    ring").append(link).append("_addr: ");
        text.append(node.addresses().get(link)).append('\n');
      }
      text.append("    name: ").append(node.name()).append("\n    nodeid: ").append(node.id());
      text.append("\n  }\n");
    }
    text.append("}\n");
    var quorum = new LinkedHashMap<String, String>();
    quorum.put("provider", "corosync_votequorum");
    if (nodes.size() == 2) {
      // Two nodes: one may go on alone, yet none begins alone (wait_for_all follows from it).
      quorum.put("two_node", "1");
    }
    quorum.putAll(wish.quorum());
    section(text, "quorum", quorum);
    section(text, "logging", wish.logging());
    return text.toString();
  }

  private static void section(StringBuilder text, String name, Map<String, String> options) {
    text.append(name).append(" {\n");
    options.forEach(
        (key, value) -> text.append("  ").append(key).append(": ").append(value).append('\n'));
    text.append("}\n");
  }

  /** The file's settings under the names that corosync-cmapctl(8) has for them. */
  static SequencedMap<String, String> settings(String text) {
    var settings = new LinkedHashMap<String, String>();
    var path = new ArrayDeque<String>();
    var inner = new ArrayDeque<SequencedMap<String, String>>();
    var counts = new HashMap<String, Integer>();
    inner.push(settings);
    for (String raw : text.lines().toList()) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.endsWith("{")) {
        path.addLast(line.substring(0, line.length() - 1).strip());
        inner.push(new LinkedHashMap<>());
      } else if (line.startsWith("}") && !path.isEmpty()) {
        SequencedMap<String, String> done = inner.pop();
        String name = String.join(".", path);
        String last = path.removeLast();
        String prefix = name + index(last, name, done, counts) + ".";
        SequencedMap<String, String> outer = inner.element();
        String relative =
            path.isEmpty() ? prefix : prefix.substring(String.join(".", path).length() + 1);
        done.forEach((key, value) -> outer.put(relative + key, value));
      } else {
        int colon = line.indexOf(':');
        if (colon > 0) {
          inner.element().put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
      }
    }
    return settings;
  }

  /** Sections that there may be several of carry a number or a name. */
  private static String index(
      String section, String path, Map<String, String> content, Map<String, Integer> counts) {
    return switch (section) {
      case "node", "uidgid" -> "." + (counts.merge(path, 1, Integer::sum) - 1);
      case "interface" -> {
        String number = content.remove("linknumber");
        String ring = content.remove("ringnumber");
        yield "." + (number != null ? number : ring != null ? ring : "0");
      }
      case "logger_subsys", "logging_daemon" -> "." + content.getOrDefault("subsys", "");
      default -> "";
    };
  }

  /**
   * What a running Corosync would have to take over from a file: names, with the value that runs
   * and the one of the file; empty where there is none.
   *
   * @param running what corosync-cmapctl prints
   */
  static SequencedMap<String, Difference> differences(
      Map<String, String> file, Map<String, String> running) {
    var differences = new TreeMap<String, Difference>();
    file.forEach((key, value) -> {
      String now = running.getOrDefault(key, "");
      if (compared(key) && !now.equals(value)) {
        differences.put(key, new Difference(now, value));
      }
    });
    running.forEach((key, value) -> {
      if (compared(key) && !file.containsKey(key)) {
        differences.put(key, new Difference(value, ""));
      }
    });
    return Collections.unmodifiableSequencedMap(differences);
  }

  /** A setting that runs otherwise than a file says. */
  record Difference(String running, String file) {}

  private static boolean compared(String key) {
    return (key.startsWith("totem.")
            || key.startsWith("nodelist.")
            || key.startsWith("quorum.")
            || key.startsWith("logging."))
        && !OWN_KEYS.matcher(key).matches();
  }

  /** Reads {@code corosync-cmapctl}: name, type and value. */
  static Map<String, String> map(String text) {
    var map = new LinkedHashMap<String, String>();
    for (String line : text.lines().toList()) {
      int type = line.indexOf(" (");
      int value = type < 0 ? -1 : line.indexOf(") = ", type);
      if (value > 0) {
        map.put(line.substring(0, type), line.substring(value + 4).strip());
      }
    }
    return map;
  }

  /** The ids that an earlier file gave to nodes, by name. */
  static Map<String, Integer> ids(String text) {
    Map<String, String> settings = settings(text);
    var ids = new LinkedHashMap<String, Integer>();
    settings.forEach((key, value) -> {
      if (key.matches("nodelist\\.node\\.\\d+\\.name")) {
        String id = settings.get(key.replaceFirst("name$", "nodeid"));
        if (id != null && id.matches("\\d{1,9}")) {
          ids.put(value, Integer.parseInt(id));
        }
      }
    });
    return ids;
  }
}
