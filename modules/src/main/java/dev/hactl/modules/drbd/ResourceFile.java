package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Types;
import dev.hactl.modules.drbd.DrbdWish.Fencing;
import dev.hactl.modules.drbd.DrbdWish.FileWish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Writes resource files, and reads of others what could clash; see drbd.conf(5). */
final class ResourceFile {
  private ResourceFile() {}

  /**
   * What a resource file lays claim to.
   *
   * @param disks below its devices
   * @param minors of its devices
   * @param endpoints {@code address:port}
   */
  record Claims(
      String resource, List<String> disks, List<Integer> minors, List<String> endpoints) {}

  /**
   * The text, the same on all nodes.
   *
   * @param nodes addresses by node name
   * @param modern whether DRBD 9 reads it
   * @param known node ids that nodes have already
   */
  static String write(
      DrbdWish wish,
      SequencedMap<String, String> nodes,
      boolean modern,
      Map<String, Integer> known) {
    FileWish file = wish.file();
    OptionSection net = file.net();
    OptionSection disk = file.diskOptions();
    OptionSection handlers = file.handlers();
    if (file.fencing().isPresent()) {
      Fencing fencing = file.fencing().get();
      // DRBD 9 moved the option from the disk to the connection.
      if (modern) {
        net = net.or("fencing", Types.word(fencing));
      } else {
        disk = disk.or("fencing", Types.word(fencing));
      }
      if (fencing != Fencing.DONT__CARE) {
        String nine = modern ? ".9" : "";
        handlers =
            handlers
                .or("fence-peer", "/usr/lib/drbd/crm-fence-peer" + nine + ".sh")
                .or(
                    modern ? "unfence-peer" : "after-resync-target",
                    "/usr/lib/drbd/crm-unfence-peer" + nine + ".sh");
      }
    }
    var text = new StringBuilder("# Written by hactl.\nresource ");
    text.append(wish.resource()).append(" {\n");
    text.append("  device ").append(wish.devicePath()).append(" minor ").append(wish.device());
    text.append(";\n");
    boolean oneDisk = wish.disks().isEmpty();
    if (oneDisk) {
      text.append("  disk ").append(OptionSection.word(wish.disk(), false)).append(";\n");
    }
    text.append("  meta-disk ").append(OptionSection.word(wish.metaDisk(), false)).append(";\n");
    text.append(net.or("protocol", file.protocol()).show("net", "  "));
    text.append(disk.show("disk", "  "));
    text.append(file.options().show("options", "  "));
    text.append(handlers.show("handlers", "  "));
    text.append(file.startup().show("startup", "  "));
    Map<String, Integer> ids = ids(nodes.keySet(), known);
    for (var node : nodes.entrySet()) {
      String address = node.getValue();
      boolean six = address.contains(":");
      text.append("  on ").append(OptionSection.word(node.getKey(), false)).append(" {\n");
      if (modern) {
        text.append("    node-id ").append(ids.get(node.getKey())).append(";\n");
      }
      if (!oneDisk) {
        text.append("    disk ")
            .append(OptionSection.word(wish.disk(node.getKey()), false))
            .append(";\n");
      }
      text.append("    address ")
          .append(six ? "ipv6 [" + address + "]" : "ipv4 " + address)
          .append(':')
          .append(file.port())
          .append(";\n  }\n");
    }
    if (modern && nodes.size() > 2) {
      text.append("  connection-mesh {\n    hosts ")
          .append(String.join(" ", nodes.keySet()))
          .append(";\n  }\n");
    }
    return text.append("}\n").toString();
  }

  /** Who has an id keeps it; the others get the lowest that are free. */
  private static Map<String, Integer> ids(Set<String> nodes, Map<String, Integer> known) {
    var ids = new HashMap<String, Integer>();
    for (String node : nodes) {
      Integer id = known.get(node);
      if (id != null && !ids.containsValue(id)) {
        ids.put(node, id);
      }
    }
    int next = 0;
    for (String node : nodes) {
      if (!ids.containsKey(node)) {
        while (ids.containsValue(next)) {
          next++;
        }
        ids.put(node, next);
      }
    }
    return ids;
  }

  /** The node ids that the file of one resource gives, by node name. */
  static Map<String, Integer> nodeIds(String text) {
    var ids = new LinkedHashMap<String, Integer>();
    List<String> words = words(text);
    String node = "";
    for (int i = 0; i + 1 < words.size(); i++) {
      String next = words.get(i + 1);
      if (words.get(i).equals("on")) {
        node = next;
      } else if (words.get(i).equals("node-id") && next.matches("\\d{1,2}") && !node.isEmpty()) {
        ids.putIfAbsent(node, Integer.valueOf(next));
      }
    }
    return ids;
  }

  /** What the resources in a text claim. */
  static List<Claims> claims(String text) {
    var all = new ArrayList<Claims>();
    List<String> words = words(text);
    for (int i = 0; i + 1 < words.size(); i++) {
      String next = words.get(i + 1);
      switch (words.get(i)) {
        case "resource" -> {
          if (i + 2 < words.size() && words.get(i + 2).equals("{")) {
            all.add(new Claims(next, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
          }
        }
        case "disk" -> {
          if (!all.isEmpty() && next.startsWith("/")) {
            all.getLast().disks().add(next);
          }
        }
        case "device", "minor" -> {
          String digits = next.replaceFirst("^/dev/drbd", "");
          if (!all.isEmpty() && digits.matches("\\d{1,6}")) {
            all.getLast().minors().add(Integer.parseInt(digits));
          }
        }
        case "address" -> {
          boolean family = next.startsWith("ip") || next.equals("ssocks") || next.equals("sdp");
          if (!all.isEmpty() && (!family || i + 2 < words.size())) {
            all.getLast().endpoints().add(family ? words.get(i + 2) : next);
          }
        }
        default -> {}
      }
    }
    return all;
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '"') {
          quoted = false;
        } else {
          word.append(c);
        }
        continue;
      }
      if (c == '"') {
        quoted = true;
      } else if (c == '#') {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end;
        flush(word, words);
      } else if (c == '{' || c == '}' || c == ';') {
        flush(word, words);
        words.add(String.valueOf(c));
      } else if (Character.isWhitespace(c)) {
        flush(word, words);
      } else {
        word.append(c);
      }
    }
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
