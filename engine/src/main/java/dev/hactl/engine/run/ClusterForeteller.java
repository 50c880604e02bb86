package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.plan.Verdict;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** Says what would happen on each member and sends no step. */
final class ClusterForeteller implements ClusterActor {
  private final ClusterEyes eyes;
  private final Consents consents;

  ClusterForeteller(ClusterEyes eyes, Consents consents) {
    this.eyes = eyes;
    this.consents = consents;
  }

  @Override
  public <P, S> SequencedMap<HostPass, ItemResult> act(ClusterGroup<P, S> group) {
    ClusterEyes.Decided<S> decided;
    try {
      decided = eyes.decide(group);
    } catch (HostLost | Decider.NotObserved e) {
      return each(group, pass -> ItemResult.failed(String.valueOf(e.getMessage())));
    }
    Members<S> seen = decided.look().members();
    return ClusterResults.withUnknown(
        group,
        decided.look(),
        switch (decided.decision()) {
          case ClusterDecision.Decided<S> d when d.stages().isEmpty() ->
              each(group, pass -> converged(group, pass, d.reliesOn(), seen));
          case ClusterDecision.Decided<S> d ->
              ClusterResults.leftOut(group, d.stages())
                  .map(message -> each(group, pass -> ClusterResults.refused(message)))
                  .or(() ->
                      ClusterResults.needsAll(group, d.stages(), seen)
                          .map(message -> each(group, pass -> ClusterResults.refused(message))))
                  .orElseGet(() -> each(group, pass -> changed(group, pass, d.stages(), seen)));
          case ClusterDecision.Blocked<S> b -> blocked(group, b);
          case ClusterDecision.Impossible<S> i ->
              each(group, pass -> ItemResult.failed(i.message()));
          case ClusterDecision.Refused<S> r ->
              each(group, pass -> ClusterResults.refused(r.message()));
          case ClusterDecision.Ask<S, ?> a ->
              throw new IllegalStateException("an open question is no decision");
        });
  }

  private static SequencedMap<HostPass, ItemResult> each(
      ClusterGroup<?, ?> group, Function<HostPass, ItemResult> of) {
    var results = new LinkedHashMap<HostPass, ItemResult>();
    group.acting().keySet().forEach(pass -> results.put(pass, of.apply(pass)));
    return results;
  }

  private static <P, S> ItemResult converged(
      ClusterGroup<P, S> group, HostPass pass, List<Thing> reliesOn, Members<S> seen) {
    Decision<S> ok = Decision.ok(reliesOn.toArray(Thing[]::new));
    return pass.forecast.judge(ok) instanceof Verdict.Unknown(String why)
        ? ItemResult.of(new Outcome.Unknown(why), Results.unknown(group.task().name().text(), why))
        : ItemResult.of(
            new Outcome.Ok(),
            Results.ok(false, group.module().result(group.params(), seen).entries()));
  }

  private <P, S> ItemResult changed(
      ClusterGroup<P, S> group, HostPass pass, List<Stage<S>> stages, Members<S> seen) {
    String name = pass.host.name();
    String task = group.task().name().text();
    var changes = new ArrayList<Change<Members<S>>>();
    stages.forEach(s -> changes.addAll(s.changes().getOrDefault(name, List.of())));
    changes.forEach(c -> pass.forecast.expect(task, c.footprint()));
    consents.meet(name, group.task(), changes);
    if (changes.isEmpty()) {
      return ItemResult.of(
          new Outcome.Ok(),
          Results.ok(false, group.module().result(group.params(), seen).entries()));
    }
    return new ItemResult(
        new Outcome.Changed(false),
        changes.stream().map(c -> new ChangeLine(c.what(), c.impact())).toList(),
        changes.stream().flatMap(c -> c.diffs().stream()).toList(),
        Results.predicted(task, group.module().manual()),
        Optional.empty());
  }

  /** What an earlier change brings to one member is enough: it will be looked at again. */
  private static <P, S> SequencedMap<HostPass, ItemResult> blocked(
      ClusterGroup<P, S> group, ClusterDecision.Blocked<S> blocked) {
    Decision<S> missing = new Decision.Blocked<>(blocked.missing(), blocked.message());
    Optional<Verdict.WillChange> brought =
        group.acting().keySet().stream()
            .map(pass -> pass.forecast.judge(missing))
            .filter(Verdict.WillChange.class::isInstance)
            .map(Verdict.WillChange.class::cast)
            .findFirst();
    String task = group.task().name().text();
    return each(
        group,
        pass -> {
          if (brought.isEmpty()) {
            return ItemResult.failed(blocked.message());
          }
          pass.forecast.expect(task, brought.get());
          return new ItemResult(
              new Outcome.Changed(true),
              List.of(new ChangeLine(brought.get().why(), Impact.none())),
              List.of(),
              Results.predicted(task, group.module().manual()),
              Optional.empty());
        });
  }
}
