package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which group is inside which, and what that means for a host. */
final class GroupTree {
  private final Map<String, Group> groups;
  private final Map<String, Set<String>> parents = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();

  /**
   * The tree of these groups; a group that is its own child is noted.
   *
   * @param places where each group was first named
   */
  GroupTree(Map<String, Group> groups, Map<String, Place> places, Problems problems) {
    this.groups = groups;
    groups.forEach((name, group) ->
        group
            .children()
            .forEach(c -> parents.computeIfAbsent(c, k -> new LinkedHashSet<>()).add(name)));
    groups.keySet().forEach(g -> depth(g, places, problems, new LinkedHashSet<>()));
  }

  /** A host with its groups, those that win over others last. */
  Host host(String name, List<Group.VarsSource> own) {
    var member = new LinkedHashSet<String>();
    member.add("all");
    groups.values().stream()
        .filter(g -> g.hosts().contains(name))
        .forEach(g -> climb(g.name(), member));
    List<String> ordered =
        member.stream()
            .sorted(
                Comparator.comparingInt(
                        (String g) -> g.equals("all") ? -1 : depths.getOrDefault(g, 0))
                    .thenComparing(g -> g))
            .toList();
    Optional<String> cluster =
        ordered.reversed().stream()
            .map(groups::get)
            .filter(Objects::nonNull)
            .flatMap(g -> g.cluster().stream())
            .findFirst();
    return new Host(name, ordered, List.copyOf(own), cluster);
  }

  private void climb(String group, Set<String> into) {
    if (into.add(group)) {
      parents.getOrDefault(group, Set.of()).forEach(p -> climb(p, into));
    }
  }

  private int depth(String group, Map<String, Place> places, Problems problems, Set<String> open) {
    Integer done = depths.get(group);
    if (done != null) {
      return done;
    }
    if (!open.add(group)) {
      problems.add(
          Problem.error(
              places.getOrDefault(group, Place.of("inventory")),
              "the group '"
                  + group
                  + "' is its own child: "
                  + String.join(" > ", open)
                  + " > "
                  + group));
      return 0;
    }
    int depth = 0;
    for (String parent : parents.getOrDefault(group, Set.of())) {
      depth = Math.max(depth, 1 + depth(parent, places, problems, open));
    }
    open.remove(group);
    depths.put(group, depth);
    return depth;
  }
}
