package dev.hactl.modules.system;

import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * hosts(5): an address and its names a line; whatever is not ours keeps its bytes.
 *
 * @param lines the file
 */
record HostsFile(Lines lines) {

  /** One line that means something. */
  private record Entry(String ip, List<String> names, String comment) {
    static Optional<Entry> of(String line) {
      int hash = line.indexOf('#');
      String data = hash < 0 ? line : line.substring(0, hash);
      String[] words = data.strip().split("\\s+", -1);
      return words.length < 2
          ? Optional.empty()
          : Optional.of(
              new Entry(
                  words[0],
                  List.of(words).subList(1, words.length),
                  hash < 0 ? "" : line.substring(hash)));
    }

    String line() {
      return ip + "\t" + String.join(" ", names) + (comment.isEmpty() ? "" : "\t" + comment);
    }
  }

  /** Every name of an address, over all its lines. */
  Set<String> names(String ip) {
    var names = new LinkedHashSet<String>();
    entries().stream().filter(e -> e.ip().equals(ip)).forEach(e -> names.addAll(e.names()));
    return names;
  }

  /** Another address of the same family that has the name. */
  Optional<String> elsewhere(String name, String ip) {
    return entries().stream()
        .filter(e -> !e.ip().equals(ip) && e.ip().contains(":") == ip.contains(":"))
        .filter(e -> e.names().stream().anyMatch(name::equalsIgnoreCase))
        .map(Entry::ip)
        .findFirst();
  }

  private List<Entry> entries() {
    return lines.lines().stream().flatMap(l -> Entry.of(l).stream()).toList();
  }

  /** The file with names added to the first line of an address, or on a new line. */
  HostsFile adding(String ip, List<String> names) {
    Set<String> known = names(ip);
    List<String> missing = names.stream().filter(n -> !known.contains(n)).toList();
    return new HostsFile(
        lines.edit(all -> {
          for (int i = 0; i < all.size(); i++) {
            Optional<Entry> entry = Entry.of(all.get(i)).filter(e -> e.ip().equals(ip));
            if (entry.isPresent()) {
              var joined = new ArrayList<>(entry.get().names());
              joined.addAll(missing);
              all.set(i, new Entry(ip, joined, entry.get().comment()).line());
              return all;
            }
          }
          all.add(new Entry(ip, missing, "").line());
          return all;
        }));
  }

  /** The file in which no other address of the same family has these names. */
  HostsFile onlyFor(String ip, List<String> names) {
    HostsFile file = this;
    for (String name : names) {
      for (Optional<String> other = file.elsewhere(name, ip);
          other.isPresent();
          other = file.elsewhere(name, ip)) {
        file = file.without(other, file.spelled(other.get(), name));
      }
    }
    return file;
  }

  /** A name as an address's lines write it; names are the same in any case. */
  private List<String> spelled(String ip, String name) {
    return names(ip).stream().filter(name::equalsIgnoreCase).toList();
  }

  /** The file without these names of an address; without its lines when no names are given. */
  HostsFile without(Optional<String> ip, List<String> names) {
    return new HostsFile(
        lines.edit(all -> {
          var kept = new ArrayList<String>();
          for (String line : all) {
            Optional<Entry> entry = Entry.of(line).filter(e -> ip.map(e.ip()::equals).orElse(true));
            if (entry.isEmpty()) {
              kept.add(line);
              continue;
            }
            List<String> rest =
                names.isEmpty()
                    ? List.of()
                    : entry.get().names().stream().filter(n -> !names.contains(n)).toList();
            if (rest.size() == entry.get().names().size()) {
              kept.add(line);
            } else if (!rest.isEmpty()) {
              kept.add(new Entry(entry.get().ip(), rest, entry.get().comment()).line());
            }
          }
          return kept;
        }));
  }
}
