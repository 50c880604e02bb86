package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.plan.ProbeBatch;
import dev.hactl.engine.remote.UploadException;
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

  private final ClusterEyes eyes;
  private final Consents consents;
  private final Sender sender;
  private final Verification verification;
  private final RunControl control;

  ClusterPerformer(
      ClusterEyes eyes,
      Consents consents,
      Sender sender,
      Verification verification,
      RunControl control) {
    this.eyes = eyes;
    this.consents = consents;
    this.sender = sender;
    this.verification = verification;
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
    ClusterEyes.Look<S> look = eyes.look(group);
    for (int stages = 0; stages < MOST; stages++) {
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
      stop = perform(group, next.orElseThrow(), done);
      look = eyes.look(group);
      if (stop.isPresent()) {
        return end(group, look, done, stop.get());
      }
    }
    return end(group, look, done, Stop.failed("the module's plan does not come to an end"));
  }

  private <P, S> Optional<Stop> refusal(
      ClusterGroup<P, S> group, ClusterDecision.Decided<S> decided, Members<S> seen) {
    Optional<String> refusal =
        ClusterResults.leftOut(group, decided.stages())
            .or(() -> ClusterResults.needsAll(group, decided.stages(), seen));
    for (Change<Members<S>> change : decided.stages().getFirst().all()) {
      refusal = refusal.or(() -> consents.missing(group.task(), change.impact()));
    }
    return refusal.map(message -> Stop.all(new Outcome.Refused(message)));
  }

  private <P, S> Optional<Stop> perform(ClusterGroup<P, S> group, Stage<S> stage, Done done) {
    boolean gentle = stage.all().stream().allMatch(c -> c.impact() instanceof Impact.None);
    var trouble = new ConcurrentHashMap<String, Outcome>();
    var notes = new ConcurrentHashMap<String, List<Notes.Note>>();
    if (gentle) {
      Parallel.each(
          stage.changes().entrySet(),
          stage.changes().size(),
          e -> send(group, e.getKey(), e.getValue(), done, trouble, notes));
      return finish(group, stage, trouble, notes);
    }
    for (var e : stage.changes().entrySet()) {
      send(group, e.getKey(), e.getValue(), done, trouble, notes);
      Optional<Stop> stop = finish(group, Stage.alone(e.getKey(), e.getValue()), trouble, notes);
      if (stop.isPresent()) {
        return stop;
      }
    }
    return Optional.empty();
  }

  private <P, S> void send(
      ClusterGroup<P, S> group,
      String member,
      List<Change<Members<S>>> changes,
      Done done,
      Map<String, Outcome> trouble,
      Map<String, List<Notes.Note>> notes) {
    HostPass pass = group.pass(member).orElseThrow();
    Call.OnCluster<P, S> call = Objects.requireNonNull(group.acting().get(pass));
    done.note(member, changes);
    try {
      Sender.Sent sent =
          sender.send(
              new Sender.Job(pass, call.where(), group.task(), call.item(), group.secret()),
              changes,
              ProbeBatch.of(List.of(), HostLink.nonce()),
              Probe.DEADLINE);
      notes.put(member, sent.notes());
      sent.reading().failure().ifPresent(f -> trouble.put(member, f));
    } catch (UploadException e) {
      trouble.put(
          member, new Outcome.Failed(Outcome.Failure.of(String.valueOf(e.getMessage())), false));
    } catch (HostLost e) {
      trouble.put(member, new Outcome.Unreachable(String.valueOf(e.getMessage())));
    }
  }

  /** Waits until the stage converged, and takes its notes away. */
  private <P, S> Optional<Stop> finish(
      ClusterGroup<P, S> group,
      Stage<S> stage,
      Map<String, Outcome> trouble,
      Map<String, List<Notes.Note>> notes) {
    if (!trouble.isEmpty()) {
      return Optional.of(new Stop(Map.copyOf(trouble), Optional.empty()));
    }
    try {
      Verification.Convergence<Members<S>> end =
          verification.converge(
              () -> eyes.look(group).members(),
              () -> eyes.forget(group),
              seen -> group.module().diagnose(group.params(), seen),
              stage.all());
      if (end.failure().isPresent()) {
        return Optional.of(Stop.failed(end.failure().get()));
      }
      for (String member : stage.changes().keySet()) {
        HostPass pass = group.pass(member).orElseThrow();
        Call.Where where = Objects.requireNonNull(group.acting().get(pass)).where();
        Sender.finished(pass, where, notes.getOrDefault(member, List.of()));
      }
      return Optional.empty();
    } catch (HostLost e) {
      return Optional.of(Stop.failed(String.valueOf(e.getMessage())));
    }
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
              fine ? Results.ok(!lines.isEmpty(), more) : Results.failed(message(outcome)),
              Optional.empty()));
    }
    return ClusterResults.withUnknown(group, look, results);
  }

  private static String message(Outcome outcome) {
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
}
