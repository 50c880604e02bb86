package dev.hactl.engine.run;

import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.report.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** What foretelling and doing say alike about a cluster's task. */
final class ClusterResults {
  private ClusterResults() {}

  static ItemResult refused(String message) {
    return ItemResult.of(new Outcome.Refused(message), Results.failed(message));
  }

  /** What an outcome says of its reason; empty for those that need none. */
  static String message(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed f -> f.failure().message();
      case Outcome.Refused r -> r.message();
      case Outcome.Unreachable u -> u.message();
      case Outcome.Ok o -> "";
      case Outcome.Changed c -> "";
      case Outcome.Unknown u -> u.why();
      case Outcome.Skipped s -> s.why();
      case Outcome.Said s -> "";
    };
  }

  /** A member that could not be looked at says so, whatever became of the others. */
  static <P, S> SequencedMap<HostPass, ItemResult> withUnknown(
      ClusterGroup<P, S> group,
      ClusterEyes.Look<S> look,
      SequencedMap<HostPass, ItemResult> results) {
    var all = new LinkedHashMap<>(results);
    Map<String, String> unknown = look.members().unknown();
    for (HostPass pass : group.acting().keySet()) {
      String name = pass.host.name();
      String why = unknown.get(name);
      if (why != null) {
        all.put(
            pass,
            look.lost().contains(name)
                ? ItemResult.of(new Outcome.Unreachable(why), Results.failed(why))
                : ItemResult.failed(why));
      }
    }
    return all;
  }

  /** Changes on members that the run leaves out are not made, and nothing is done by halves. */
  static <S> Optional<String> leftOut(ClusterGroup<?, S> group, List<Stage<S>> stages) {
    return leftOut(group.cluster(), group.watched().acting(), stages);
  }

  /** The same for the members that take part. */
  static <S> Optional<String> leftOut(String cluster, Set<String> acting, List<Stage<S>> stages) {
    var out = new TreeSet<String>();
    for (Stage<S> stage : stages) {
      stage
          .changes()
          .forEach((name, changes) -> {
            if (!changes.isEmpty() && !acting.contains(name)) {
              out.add(name);
            }
          });
    }
    return out.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the cluster '"
                + cluster
                + "' would also be changed on "
                + String.join(", ", out)
                + ", which this run leaves out: nothing was done");
  }

  /** Nothing that may destroy data is done while a member cannot be observed. */
  static <S> Optional<String> needsAll(
      ClusterGroup<?, S> group, List<Stage<S>> stages, Members<S> seen) {
    return needsAll(group.cluster(), stages, seen);
  }

  /** The same for a cluster by name. */
  static <S> Optional<String> needsAll(String cluster, List<Stage<S>> stages, Members<S> seen) {
    boolean destroys =
        stages.stream()
            .flatMap(s -> s.all().stream())
            .anyMatch(c -> c.impact() instanceof Impact.Destructive);
    if (!destroys || seen.complete()) {
      return Optional.empty();
    }
    return Optional.of(
        "it may destroy data, and not every member of the cluster '"
            + cluster
            + "' can be observed: "
            + seen.unseen());
  }
}
