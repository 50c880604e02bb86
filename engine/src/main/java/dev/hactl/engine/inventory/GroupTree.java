package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which group is inside which, and what that means for a host. */
final class GroupTree {
  private static final String ALL = "all";
  private static final String UNGROUPED = "ungrouped";

  private final Map<String, Group> groups;
  private final Map<String, Set<String>> parents = new HashMap<>();
  private final Map<String, List<String>> ofHost = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private final Comparator<String> order;

  /**
   * The tree of these groups; a group that is its own child is noted.
   *
   * @param places where each group was first named
   */
  GroupTree(Map<String, Group> groups, Map<String, Place> places, Problems problems) {
    this.groups = groups;
    groups.forEach((name, group) -> {
      group
          .children()
          .forEach(c -> parents.computeIfAbsent(c, k -> new LinkedHashSet<>()).add(name));
      group.hosts().forEach(h -> ofHost.computeIfAbsent(h, k -> new ArrayList<>()).add(name));
    });
    for (String parent : parents.getOrDefault(ALL, Set.of())) {
      if (!parent.equals(ALL)) { // everything is inside of it, so this is a circle
        circle(ALL, List.of(ALL, parent), places.get(parent), problems);
      }
    }
    groups.keySet().forEach(g -> depth(g, places, problems, new LinkedHashSet<>()));
    this.order =
        Comparator.comparingInt((String g) -> g.equals(ALL) ? -1 : depths.getOrDefault(g, 0))
            .thenComparingInt(g -> Objects.requireNonNull(groups.get(g)).priority())
            .thenComparing(g -> g);
  }

  /** A host with its groups, those that win over others last. */
  Host host(String name, List<Group.VarsSource> own) {
    var member = new LinkedHashSet<String>();
    member.add(ALL);
    ofHost.getOrDefault(name, List.of()).forEach(g -> climb(g, member));
    if (member.size() == 1) {
      member.add(UNGROUPED);
    } else if (member.size() > 2) {
      member.remove(UNGROUPED);
    }
    List<String> ordered = member.stream().sorted(order).toList();
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

  private static void circle(
      String group, List<String> way, @Nullable Place place, Problems problems) {
    problems.add(
        Problem.error(
            Objects.requireNonNullElse(place, Place.of("inventory")),
            "the group '"
                + group
                + "' is its own child: "
                + String.join(" > ", way)
                + " > "
                + group));
  }

  private int depth(String group, Map<String, Place> places, Problems problems, Set<String> open) {
    Integer done = depths.get(group);
    if (done != null) {
      return done;
    }
    if (!open.add(group)) {
      circle(group, List.copyOf(open), places.get(group), problems);
      return 0;
    }
    // Everything is inside of 'all', whether it says so or not.
    int depth = group.equals(ALL) ? 0 : 1;
    for (String parent : parents.getOrDefault(group, Set.of())) {
      depth = Math.max(depth, 1 + depth(parent, places, problems, open));
    }
    open.remove(group);
    depths.put(group, depth);
    return depth;
  }
}
