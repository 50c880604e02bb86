package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Problems found while a play is evaluated host by host. Each is told once, with the hosts it is
 * about when it is not about all of them. Thread-safe.
 */
final class HostProblems {
  private static final int NAMED = 3;

  private final List<Host> all;
  private final Secrets secrets;
  private final Map<Problem, Set<Integer>> found = new LinkedHashMap<>();
  private final Map<Problem, Set<Place>> imported = new HashMap<>();

  /** Problems of the hosts of one play. */
  HostProblems(List<Host> all, Secrets secrets) {
    this.all = all;
    this.secrets = secrets;
  }

  /** Notes what was found for a host. */
  synchronized void note(Host host, List<Problem> problems) {
    problems.forEach(
        p -> found.computeIfAbsent(safe(p), k -> new TreeSet<>()).add(all.indexOf(host)));
  }

  /**
   * Notes what was found in a task.
   *
   * @param from the line that imports it: what is missing there may be the reason
   */
  synchronized void note(Host host, List<Problem> problems, Optional<Place> from) {
    note(host, problems);
    from.ifPresent(place ->
        problems.forEach(
            p -> imported.computeIfAbsent(safe(p), k -> new LinkedHashSet<>()).add(place)));
  }

  private Problem safe(Problem p) {
    return new Problem(
        p.severity(),
        p.place(),
        secrets.hide(p.message()),
        p.advice().map(secrets::hide),
        p.rule());
  }

  /** Hands them over; what is known already is not said again. */
  synchronized void into(Problems problems) {
    found.forEach((problem, hosts) -> {
      if (!problems.says(problem)) {
        Problem told = hosts.size() == all.size() ? problem : about(problem, hosts);
        problems.add(imported(told, imported.getOrDefault(problem, Set.of())));
      }
    });
  }

  /** The problem with the lines that import what it is about, where those stand elsewhere. */
  static Problem imported(Problem problem, Set<Place> from) {
    String places =
        from.stream()
            .filter(p -> !p.file().equals(problem.place().file()))
            .limit(NAMED)
            .map(Place::toString)
            .collect(Collectors.joining(", "));
    if (places.isEmpty()) {
      return problem;
    }
    String line = "imported at " + places;
    return new Problem(
        problem.severity(),
        problem.place(),
        problem.message(),
        Optional.of(problem.advice().map(a -> a + "\n    " + line).orElse(line)),
        problem.rule());
  }

  private Problem about(Problem problem, Set<Integer> hosts) {
    List<String> names = hosts.stream().limit(NAMED).map(i -> all.get(i).name()).toList();
    String more = hosts.size() > NAMED ? " and " + (hosts.size() - NAMED) + " more" : "";
    return new Problem(
        problem.severity(),
        problem.place(),
        problem.message()
            + (hosts.size() == 1 ? " (host " : " (hosts ")
            + String.join(", ", names)
            + more
            + ")",
        problem.advice(),
        problem.rule());
  }
}
