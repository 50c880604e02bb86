package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a host exports, and what its files say.
 *
 * @param files /etc/exports and /etc/exports.d, without empty ones
 * @param table the kernel's exports as mountd keeps them
 * @param tool whether there is an exportfs
 * @param cluster what the cluster exports
 */
record ExportState(
    SequencedMap<String, Lines> files, List<Served> table, boolean tool, ClusterConfig cluster) {

  /** A line of etab. */
  record Served(String path, ExportClient client) {}

  /** Looks at all of it. */
  static Probe<ExportState> probe() {
    return Look.at("files", "grep -asH '' /etc/exports /etc/exports.d/*.exports || :")
        .and("etab", "cat /var/lib/nfs/etab 2> /dev/null || :")
        .and("tool", "! command -v exportfs > /dev/null || echo exportfs")
        .and("cib", Tables.CIB)
        .probe(ExportState::read);
  }

  private static ExportState read(Look.Seen seen) {
    var files = new TreeMap<String, List<String>>();
    seen.raw("files")
        .lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (line.startsWith("/etc/exports") && colon > 0) {
            files
                .computeIfAbsent(line.substring(0, colon), p -> new ArrayList<>())
                .add(line.substring(colon + 1));
          }
        });
    var all = new TreeMap<String, Lines>();
    files.forEach((path, lines) -> all.put(path, new Lines(lines)));
    return new ExportState(
        all,
        table(seen.text("etab")),
        !seen.text("tool").isBlank(),
        ClusterConfig.parse(seen.bytes("cib")));
  }

  private static List<Served> table(String etab) {
    var table = new ArrayList<Served>();
    for (String line : etab.lines().toList()) {
      int tab = line.indexOf('\t');
      int open = line.indexOf('(', tab);
      if (!line.startsWith("#") && tab > 0 && open > 0 && line.endsWith(")")) {
        table.add(
            new Served(
                MountEntry.unescaped(line.substring(0, tab)),
                new ExportClient(
                    line.substring(tab + 1, open),
                    List.of(line.substring(open + 1, line.length() - 1).split(",", -1)))));
      }
    }
    return List.copyOf(table);
  }

  /** Who may mount a directory now. */
  List<ExportClient> served(String path) {
    return table.stream().filter(s -> s.path().equals(path)).map(Served::client).toList();
  }

  /** Which files name a directory. */
  List<String> naming(String path) {
    return files.entrySet().stream()
        .filter(e -> Exports.names(e.getValue(), path))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A file; empty when it is missing. */
  Lines file(String path) {
    return files.getOrDefault(path, new Lines(List.of()));
  }
}
