package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Problems found while a play is evaluated host by host. Each is told once, with the hosts it is
 * about when it is not about all of them. Thread-safe.
 */
final class HostProblems {
  private static final int NAMED = 3;

  private final List<Host> all;
  private final Secrets secrets;
  private final Map<Problem, Set<Integer>> found = new LinkedHashMap<>();

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

  private Problem safe(Problem p) {
    return new Problem(
        p.severity(), p.place(), secrets.hide(p.message()), p.advice().map(secrets::hide));
  }

  /** Hands them over; what is known already is not said again. */
  synchronized void into(Problems problems) {
    found.forEach((problem, hosts) -> {
      if (!problems.contains(problem)) {
        problems.add(hosts.size() == all.size() ? problem : about(problem, hosts));
      }
    });
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
        problem.advice());
  }
}
