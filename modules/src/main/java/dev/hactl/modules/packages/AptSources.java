package dev.hactl.modules.packages;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All package sources of a host.
 *
 * @param apt whether apt-get is there
 * @param files lines by path, one character a byte; list files and deb822 files
 * @param modes permissions by path, octal
 * @param lists names of the files that were fetched
 */
public record AptSources(
    boolean apt, Map<String, List<String>> files, Map<String, String> modes, List<String> lists) {
  private static final Pattern LINE =
      Pattern.compile("(/etc/apt/sources\\.list(?:\\.d/[A-Za-z0-9_.-]+)?):(.*)");

  /** Reads everything with two processes, once for all tasks. */
  static final Probe<AptSources> PROBE =
      Probe.sh(
          """
          command -v apt-get >/dev/null 2>&1 || { printf 'none\\n'; exit 0; }
          set -- /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources
          h_n=$#
          while [ "$h_n" -gt 0 ]; do
            if [ -f "$1" ]; then set -- "$@" "$1"; fi
            shift; h_n=$((h_n - 1))
          done
          if [ "$#" -gt 0 ]; then
            grep -H '' "$@" /dev/null
            printf '\\036modes\\n'
            stat -c '%a %n' "$@"
          fi
          printf '\\036lists\\n'
          for h_f in /var/lib/apt/lists/*Release /var/lib/apt/lists/*Packages*; do
            if [ -e "$h_f" ]; then printf '%s\\n' "${h_f##*/}"; fi
          done
          """,
          AptSources::read);

  static AptSources read(Answer answer) {
    var files = new TreeMap<String, List<String>>();
    var modes = new LinkedHashMap<String, String>();
    var lists = new ArrayList<String>();
    String all = new String(answer.bytes(), StandardCharsets.ISO_8859_1);
    if (all.startsWith("none")) {
      return new AptSources(false, Map.of(), Map.of(), List.of());
    }
    String part = "";
    for (String line : all.split("\n", -1)) {
      Matcher m = LINE.matcher(line);
      if (line.startsWith("\u001e")) {
        part = line.substring(1);
      } else if (part.isEmpty() && m.matches()) {
        files.computeIfAbsent(m.group(1), p -> new ArrayList<>()).add(m.group(2));
      } else if (part.equals("modes") && line.indexOf(' ') > 0) {
        String path = line.substring(line.indexOf(' ') + 1);
        modes.put(path, line.substring(0, line.indexOf(' ')));
        files.computeIfAbsent(path, p -> new ArrayList<>());
      } else if (part.equals("lists") && !line.isEmpty()) {
        lists.add(line);
      }
    }
    return new AptSources(true, files, modes, lists);
  }

  /** Where a source stands in the one-line form. */
  List<String> holding(AptSource source) {
    return files.entrySet().stream()
        .filter(f -> f.getKey().endsWith("list"))
        .filter(f ->
            f.getValue().stream()
                .anyMatch(l -> AptSource.parse(l).filter(source::equals).isPresent()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Where a stanza of the deb822 form says the same or more. */
  List<String> covering(AptSource source) {
    return files.entrySet().stream()
        .filter(f -> f.getKey().endsWith(".sources"))
        .filter(f -> stanzas(f.getValue()).stream().anyMatch(source::coveredBy))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether something was fetched from a source. */
  boolean fetched(AptSource source) {
    return lists.stream().anyMatch(l -> l.startsWith(source.listPrefix()));
  }

  private static List<List<String>> stanzas(List<String> lines) {
    var stanzas = new ArrayList<List<String>>();
    stanzas.add(new ArrayList<>());
    for (String line : lines) {
      if (line.isBlank()) {
        stanzas.add(new ArrayList<>());
      } else if (!line.startsWith("#")) {
        stanzas.getLast().add(line);
      }
    }
    return stanzas;
  }
}
