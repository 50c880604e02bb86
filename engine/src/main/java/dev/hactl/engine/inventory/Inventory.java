package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Hosts and groups.
 *
 * @param hosts by name, in the order of the inventory
 * @param groups by name
 */
public record Inventory(SequencedMap<String, Host> hosts, SequencedMap<String, Group> groups) {

  /** The host of a name. */
  public Optional<Host> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  /** The members of a cluster, in inventory order. */
  public List<Host> cluster(String name) {
    return hosts.values().stream().filter(h -> h.cluster().equals(Optional.of(name))).toList();
  }

  /** The names of the hosts in a group and its children, in inventory order. */
  public List<String> members(String group) {
    return hosts.values().stream().filter(h -> h.groups().contains(group)).map(Host::name).toList();
  }

  /**
   * The hosts a pattern selects: names, groups and globs joined by {@code ,} or {@code :}, then
   * {@code &x} keeps those also in x, then {@code !x} takes x out.
   *
   * @throws SourceException when parts name nobody
   */
  public List<Host> select(String pattern, Place place) {
    var chosen = new LinkedHashSet<String>();
    var keep = new ArrayList<Set<String>>();
    var drop = new LinkedHashSet<String>();
    var problems = new Problems();
    for (String part : pattern.split("[,:]", -1)) {
      String word = part.strip();
      if (word.isEmpty()) {
        continue;
      }
      switch (word.charAt(0)) {
        case '!' -> drop.addAll(named(word.substring(1), place, problems));
        case '&' -> keep.add(named(word.substring(1), place, problems));
        default -> chosen.addAll(named(word, place, problems));
      }
    }
    problems.throwIfErrors();
    if (chosen.isEmpty() && (!keep.isEmpty() || !drop.isEmpty())) {
      chosen.addAll(hosts.keySet());
    }
    keep.forEach(chosen::retainAll);
    chosen.removeAll(drop);
    return hosts.values().stream().filter(h -> chosen.contains(h.name())).toList();
  }

  /** That a name which must be a host's is none. */
  public Problem noHost(String name, Place place) {
    return Problem.error(
        place,
        groups.containsKey(name)
            ? "'" + name + "' is a group, a host is wanted"
            : "no host is named '" + name + "'",
        Near.hint(name, hosts.keySet())
            .orElse("hosts: " + String.join(", ", new TreeSet<>(hosts.keySet()))));
  }

  private Set<String> named(String word, Place place, Problems problems) {
    if (word.equals("all") || word.equals("*")) {
      return new LinkedHashSet<>(hosts.keySet());
    }
    if (hosts.containsKey(word)) {
      return Set.of(word);
    }
    if (groups.containsKey(word)) {
      return new LinkedHashSet<>(members(word));
    }
    if (word.contains("*") || word.contains("?")) {
      Pattern glob =
          Pattern.compile(Pattern.quote(word).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
      var found = new LinkedHashSet<String>();
      hosts.keySet().stream().filter(n -> glob.matcher(n).matches()).forEach(found::add);
      groups.keySet().stream()
          .filter(n -> glob.matcher(n).matches())
          .forEach(g -> found.addAll(members(g)));
      if (!found.isEmpty()) {
        return found;
      }
    }
    var known = new TreeSet<>(hosts.keySet());
    known.addAll(groups.keySet());
    problems.error(
        place,
        "no host or group is named '" + word + "'",
        Near.hint(word, known).orElse("known: " + String.join(", ", known)));
    return Set.of();
  }
}
