package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Hosts and groups while they are being read; several sources add to them, later ones win. */
final class Drafts {
  private final Problems problems;
  private final LinkedHashMap<String, Draft> groups = new LinkedHashMap<>();
  private final LinkedHashMap<String, List<Group.VarsSource>> hosts = new LinkedHashMap<>();
  private final Map<String, Place> groupPlaces = new HashMap<>();
  private final Map<String, Place> hostPlaces = new HashMap<>();
  private final List<Expected> expected = new ArrayList<>();

  /** A group that a file speaks of as if it were declared. */
  private record Expected(String group, Place place, String what) {}

  /** A group in the making. */
  private static final class Draft {
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> children = new LinkedHashSet<>();
    private final List<Group.VarsSource> vars = new ArrayList<>();
    private Optional<String> cluster = Optional.empty();
    private int priority = Group.PRIORITY;
  }

  Drafts(Problems problems) {
    this.problems = problems;
    groups.put("all", new Draft());
    groups.put("ungrouped", new Draft());
  }

  private Draft draft(String group) {
    return groups.computeIfAbsent(group, g -> new Draft());
  }

  /** Declares a group. */
  void group(String name, Place place) {
    draft(name);
    groupPlaces.putIfAbsent(name, place);
  }

  /** That a group is declared somewhere, in this source or another. */
  void expect(String name, Place place, String what) {
    expected.add(new Expected(name, place, what));
  }

  /** That the hosts of one group belong to another too; somebody declares it. */
  void child(String group, String child, Place place) {
    draft(group).children.add(child);
    expect(child, place, "[" + group + ":children] names a group");
  }

  /** That the hosts of one group belong to another too, which is declared by that. */
  void declaredChild(String group, String child, Place place) {
    draft(group).children.add(child);
    group(child, place);
  }

  /** Adds a host to a group. */
  void host(String group, String name, Place place) {
    draft(group).hosts.add(name);
    hosts.computeIfAbsent(name, n -> new ArrayList<>());
    hostPlaces.putIfAbsent(name, place);
  }

  /** Whether a host of this name is known. */
  boolean knows(String host) {
    return hosts.containsKey(host);
  }

  /** The cluster that a group's hosts form. */
  void cluster(String group, String name) {
    draft(group).cluster = Optional.of(name);
  }

  /**
   * Variables of a group from the inventory itself.
   *
   * @param data whether texts in it are never rendered
   */
  void vars(String group, Node.Mapping mapping, boolean data) {
    Draft draft = draft(group);
    Structure said = Structure.of(mapping, problems);
    said.cluster().ifPresent(c -> draft.cluster = Optional.of(c));
    said.priority().ifPresent(p -> draft.priority = p);
    draft.vars.add(new Group.VarsSource("vars of group " + group, said.rest(), data));
  }

  /** Variables of a host from the inventory itself; see {@link #vars}. */
  void hostVars(String host, Node.Mapping mapping, boolean data) {
    Structure.refuse(mapping, "is of groups, not of a host", problems);
    own(host, new Group.VarsSource("inventory", mapping, data));
  }

  /** Variables of a group from a file beside an inventory or a playbook. */
  void groupFile(String group, Node.Mapping mapping) {
    Structure.refuse(mapping, "is read from the inventory itself, not from group_vars", problems);
    draft(group).vars.add(new Group.VarsSource("group_vars", mapping, false));
  }

  /** The same for a host. */
  void hostFile(String host, Node.Mapping mapping) {
    Structure.refuse(mapping, "is of groups, not of a host", problems);
    own(host, new Group.VarsSource("host_vars", mapping, false));
  }

  private void own(String host, Group.VarsSource vars) {
    hosts.computeIfAbsent(host, n -> new ArrayList<>()).add(vars);
  }

  Set<String> groupNames() {
    return groups.keySet();
  }

  Set<String> hostNames() {
    return hosts.keySet();
  }

  /**
   * All that was read.
   *
   * @param localhost variables of this machine, for plays that name it where no inventory does
   */
  Inventory finish(List<Group.VarsSource> localhost) {
    expected.forEach(this::verify);
    for (String host : hosts.keySet()) {
      if (groups.containsKey(host)) {
        both(host);
      }
    }
    var finished = new LinkedHashMap<String, Group>();
    groups.forEach((name, d) ->
        finished.put(
            name,
            new Group(name, d.hosts, d.children, List.copyOf(d.vars), d.cluster, d.priority)));
    var tree = new GroupTree(finished, groupPlaces, problems);
    var all = new LinkedHashMap<String, Host>();
    hosts.forEach((name, own) -> all.put(name, tree.host(name, own)));
    var places = new HashMap<>(groupPlaces);
    places.putAll(hostPlaces);
    return new Inventory(
        all,
        finished,
        Map.copyOf(places),
        new Host(Inventory.LOCALHOST, List.of("all"), localhost, Optional.empty()));
  }

  private void both(String name) {
    problems.add(
        Problem.warning(
            "host-and-group",
            hostPlaces.getOrDefault(name, Place.of("inventory")),
            "'" + name + "' is a host and a group",
            "in patterns the name means the group; rename one of them"));
  }

  private boolean declared(String group) {
    return groupPlaces.containsKey(group) || group.equals("all") || group.equals("ungrouped");
  }

  private void verify(Expected e) {
    if (!declared(e.group())) {
      var known = new TreeSet<>(groups.keySet());
      known.removeIf(g -> !declared(g));
      problems.add(
          Problem.error(
              e.place(),
              e.what() + ", and no group is named '" + e.group() + "'",
              Near.hint(e.group(), known)
                  .orElse("declare it: [" + e.group() + "] with its hosts below")));
      group(e.group(), e.place()); // told once, and what refers to it finds it
    }
  }
}
