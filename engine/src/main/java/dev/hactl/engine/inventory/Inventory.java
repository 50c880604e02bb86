package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** Hosts and groups. Immutable; may be shared by threads. */
public final class Inventory {
  /** This machine; a play may name it where no inventory does. */
  public static final String LOCALHOST = "localhost";

  /** More names than this are not listed in a message. */
  private static final int LISTED = 30;

  private final SequencedMap<String, Host> hosts;
  private final SequencedMap<String, Group> groups;
  private final Map<String, Place> places;
  private final Host localhost;
  private final Map<String, List<String>> members = new HashMap<>();
  private final Map<String, List<Host>> clusters = new HashMap<>();

  /**
   * What was read.
   *
   * @param hosts by name, in the order of the inventory
   * @param groups by name
   * @param places where hosts and groups were first named
   * @param localhost this machine, for plays that name it where {@code hosts} does not
   */
  Inventory(
      SequencedMap<String, Host> hosts,
      SequencedMap<String, Group> groups,
      Map<String, Place> places,
      Host localhost) {
    this.hosts = Collections.unmodifiableSequencedMap(hosts);
    this.groups = Collections.unmodifiableSequencedMap(groups);
    this.places = places;
    this.localhost = localhost;
    for (Host host : hosts.values()) {
      for (String group : host.groups()) {
        members.computeIfAbsent(group, k -> new ArrayList<>()).add(host.name());
      }
      host.cluster().ifPresent(c -> clusters.computeIfAbsent(c, k -> new ArrayList<>()).add(host));
    }
  }

  /** The hosts by name, in the order of the inventory. */
  public SequencedMap<String, Host> hosts() {
    return hosts;
  }

  /** The groups by name. */
  public SequencedMap<String, Group> groups() {
    return groups;
  }

  /** The host of a name. */
  public Optional<Host> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  /** The members of a cluster, in inventory order. */
  public List<Host> cluster(String name) {
    return Collections.unmodifiableList(clusters.getOrDefault(name, List.of()));
  }

  /** The names of the hosts in a group and its children, in inventory order. */
  public List<String> members(String group) {
    return Collections.unmodifiableList(members.getOrDefault(group, List.of()));
  }

  /** The groups directly inside of one; in {@code all} also those that nobody put anywhere. */
  public List<String> children(String group) {
    var children = new LinkedHashSet<String>();
    if (group.equals("all")) {
      var inside = new LinkedHashSet<String>();
      groups.forEach((name, g) -> {
        if (!name.equals("all")) {
          inside.addAll(g.children());
        }
      });
      groups.keySet().stream()
          .filter(g -> !g.equals("all") && !inside.contains(g))
          .forEach(children::add);
    }
    Optional.ofNullable(groups.get(group)).ifPresent(g -> children.addAll(g.children()));
    return List.copyOf(children);
  }

  /** The names of the hosts in a group, first its own as they were named, then its children's. */
  List<String> inOrderOf(String group) {
    if (group.equals("all")) {
      return List.copyOf(hosts.keySet());
    }
    if (group.equals("ungrouped")) {
      return members(group);
    }
    var names = new LinkedHashSet<String>();
    var seen = new LinkedHashSet<String>(Set.of(group));
    var open = new ArrayList<>(seen);
    for (int i = 0; i < open.size(); i++) {
      Group g = Objects.requireNonNull(groups.get(open.get(i)));
      names.addAll(g.hosts());
      g.children().stream().filter(seen::add).forEach(open::add);
    }
    return List.copyOf(names);
  }

  /**
   * The hosts a pattern selects, in inventory order. Its words are joined by {@code ,} or {@code
   * :}; those that add come first, then {@code &x} keeps those also in x, then {@code !x} takes x
   * out. A word is a name, a glob, {@code ~} and a regular expression that is searched for, any of
   * these but the last with a subscript as {@code [0]}, {@code [-1]} or {@code [0:2]}, or
   * {@code @FILE} with a pattern in each line.
   *
   * @param place where the pattern stands; a file is looked for beside that file
   * @throws SourceException when words name nobody
   */
  public List<Host> select(String pattern, Place place) {
    if (pattern.equals("all")) {
      return List.copyOf(hosts.values());
    }
    Set<String> chosen;
    if (groups.containsKey(pattern)) {
      chosen = Set.copyOf(members(pattern));
    } else {
      var problems = new Problems();
      chosen = new PatternMatch(this, place, problems).select(pattern);
      problems.throwIfErrors();
    }
    var selected = new ArrayList<Host>();
    for (Host host : hosts.values()) {
      if (chosen.contains(host.name())) {
        selected.add(host);
      }
    }
    if (chosen.contains(LOCALHOST) && !hosts.containsKey(LOCALHOST)) {
      selected.add(localhost);
    }
    return List.copyOf(selected);
  }

  /** The same, of these only the hosts that a second pattern selects too. */
  public List<Host> select(String pattern, Place place, Optional<String> limit) {
    List<Host> all = select(pattern, place);
    if (limit.isEmpty()) {
      return all;
    }
    var kept = new LinkedHashMap<String, Host>();
    select(limit.get(), Place.of("--limit")).forEach(h -> kept.put(h.name(), h));
    return all.stream().filter(h -> kept.containsKey(h.name())).toList();
  }

  /** That a name which must be a host's is none. */
  public Problem noHost(String name, Place place) {
    return Problem.error(
        place,
        groups.containsKey(name)
            ? "'" + name + "' is a group, a host is wanted"
            : "no host is named '" + name + "'",
        near(name, hosts.keySet(), "hosts: "));
  }

  /** That a word of a pattern names nobody. */
  Problem nobody(String word, Place place) {
    var known = new TreeSet<>(hosts.keySet());
    known.addAll(groups.keySet());
    known.remove("ungrouped");
    return Problem.error(
        place, "no host or group is named '" + word + "'", near(word, known, "known: "));
  }

  private String near(String name, Collection<String> known, String otherwise) {
    Optional<String> near = Near.name(name, known);
    if (near.isPresent()) {
      Place defined = places.get(near.get());
      String where = defined == null || defined.line() == 0 ? "" : " (" + defined + ")";
      return "did you mean '" + near.get() + "'" + where + "?";
    }
    var names = new TreeSet<>(known);
    String more = names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "";
    return otherwise + String.join(", ", names.stream().limit(LISTED).toList()) + more;
  }
}
