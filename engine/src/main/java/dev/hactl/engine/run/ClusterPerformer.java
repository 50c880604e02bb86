package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Goes through a cluster's stages: after each one all members are looked at again and the module
 * decides anew, until nothing is left to do.
 */
final class ClusterPerformer implements ClusterActor {
  /** More stages than any module has; a plan that never ends is a defect of the module. */
  private static final int MOST = 30;

  /** How often others may get in between before that is an answer too. */
  static final int MOVED = 10;

  /** Why it is given up. */
  static final String OTHERS =
      "others changed it each time between the look and the change: run again when they are done";

  private final ClusterEyes eyes;
  private final Consents consents;
  private final StageRun stages;
  private final RunControl control;

  ClusterPerformer(ClusterEyes eyes, Consents consents, StageRun stages, RunControl control) {
    this.eyes = eyes;
    this.consents = consents;
    this.stages = stages;
    this.control = control;
  }

  /** What was done so far, by member. */
  private static final class Done {
    final Map<String, List<ChangeLine>> lines = new ConcurrentHashMap<>();
    final Map<String, List<Diff>> diffs = new ConcurrentHashMap<>();

    void note(String member, List<? extends Change<?>> changes) {
      changes.forEach(c -> {
        lines
            .computeIfAbsent(member, m -> new ArrayList<>())
            .add(new ChangeLine(c.what(), c.impact()));
        diffs.computeIfAbsent(member, m -> new ArrayList<>()).addAll(c.diffs());
      });
    }
  }

  /** An end before everything was done: by member, or for all. */
  private record Stop(Map<String, Outcome> members, Optional<Outcome> all) {
    static Stop all(Outcome outcome) {
      return new Stop(Map.of(), Optional.of(outcome));
    }

    static Stop failed(String message) {
      return all(new Outcome.Failed(Outcome.Failure.of(message), false));
    }
  }

  @Override
  public <P, S> SequencedMap<HostPass, ItemResult> act(ClusterGroup<P, S> group) {
    var done = new Done();
    ClusterEyes.Look<S> look = eyes.look(group.watched());
    int moved = 0;
    for (int rounds = 0; rounds < MOST; rounds++) {
      ClusterDecision<S> decision;
      try {
        decision = eyes.decide(group, look.members());
      } catch (HostLost | Decider.NotObserved e) {
        return end(group, look, done, Stop.failed(String.valueOf(e.getMessage())));
      }
      Optional<Stage<S>> next = Optional.empty();
      Optional<Stop> stop = Optional.empty();
      switch (decision) {
        case ClusterDecision.Decided<S> d when d.stages().isEmpty() -> {
          return end(group, look, done, new Stop(Map.of(), Optional.empty()));
        }
        case ClusterDecision.Decided<S> d -> {
          stop = refusal(group, d, look.members());
          next = Optional.of(d.stages().getFirst());
        }
        case ClusterDecision.Blocked<S> b -> stop = Optional.of(Stop.failed(b.message()));
        case ClusterDecision.Impossible<S> i -> stop = Optional.of(Stop.failed(i.message()));
        case ClusterDecision.Refused<S> r ->
            stop = Optional.of(Stop.all(new Outcome.Refused(r.message())));
        case ClusterDecision.Ask<S, ?> a ->
            throw new IllegalStateException("an open question is no decision");
      }
      if (stop.isEmpty() && control.stopping()) {
        stop = Optional.of(Stop.failed("ended by the operator"));
      }
      if (stop.isPresent()) {
        return end(group, look, done, stop.get());
      }
      StageRun.Went went = stages.run(work(group), next.orElseThrow());
      went.sent().forEach(done::note);
      look = eyes.look(group.watched());
      if (!went.trouble().isEmpty() || went.failure().isPresent()) {
        return end(
            group,
            look,
            done,
            new Stop(
                went.trouble(),
                went.failure().map(m -> new Outcome.Failed(Outcome.Failure.of(m), false))));
      }
      if (went.moved() && ++moved == MOVED) {
        return end(group, look, done, Stop.failed(OTHERS));
      }
    }
    return end(group, look, done, Stop.failed("the module's plan does not come to an end"));
  }

  private <P, S> StageRun.Work<S> work(ClusterGroup<P, S> group) {
    return new StageRun.Work<>(
        member -> {
          HostPass pass = group.pass(member).orElseThrow();
          Call.OnCluster<P, S> call = Objects.requireNonNull(group.acting().get(pass));
          return new Sender.Job(
              pass,
              call.where(),
              group.task(),
              call.item(),
              group.secret(),
              List.of(group.task()),
              group.watched()::where);
        },
        () -> eyes.look(group.watched()).members(),
        () -> eyes.forget(group.watched()),
        seen -> group.module().diagnose(group.params(), seen));
  }

  private <P, S> Optional<Stop> refusal(
      ClusterGroup<P, S> group, ClusterDecision.Decided<S> decided, Members<S> seen) {
    Optional<String> refusal =
        ClusterResults.leftOut(group, decided.stages())
            .or(() -> ClusterResults.needsAll(group, decided.stages(), seen));
    for (Stage<S> stage : decided.stages()) {
      for (Change<Members<S>> change : stage.all()) {
        refusal = refusal.or(() -> consents.missing(group.task(), change.impact()));
      }
    }
    return refusal.map(message -> Stop.all(new Outcome.Refused(message)));
  }

  private static <P, S> SequencedMap<HostPass, ItemResult> end(
      ClusterGroup<P, S> group, ClusterEyes.Look<S> look, Done done, Stop stop) {
    var results = new LinkedHashMap<HostPass, ItemResult>();
    var more = group.module().result(group.params(), look.members()).entries();
    for (HostPass pass : group.acting().keySet()) {
      String name = pass.host.name();
      List<ChangeLine> lines = done.lines.getOrDefault(name, List.of());
      Outcome outcome =
          Optional.ofNullable(stop.members().get(name))
              .or(stop::all)
              .orElse(lines.isEmpty() ? new Outcome.Ok() : new Outcome.Changed(false));
      boolean fine = outcome instanceof Outcome.Ok || outcome instanceof Outcome.Changed;
      results.put(
          pass,
          new ItemResult(
              outcome,
              lines,
              done.diffs.getOrDefault(name, List.of()),
              fine
                  ? Results.ok(!lines.isEmpty(), more)
                  : Results.failed(ClusterResults.message(outcome)),
              Optional.empty()));
    }
    return ClusterResults.withUnknown(group, look, results);
  }
}
