package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.plan.ProbeBatch;
import dev.hactl.engine.plan.ProbeKey;
import dev.hactl.engine.remote.UploadException;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Makes changes and looks again: a change that did not converge is a failure. */
final class Performer implements Actor {
  private final Decider decider;
  private final Consents consents;
  private final Upcoming upcoming;
  private final RunControl control;
  private final Sender sender;
  private final Verification verification;
  private final BackgroundWork background;

  /** Steps that stop or restart something go one host at a time, whatever {@code serial} says. */
  private final ReentrantLock disruptive = new ReentrantLock(true);

  Performer(
      Decider decider, Consents consents, Upcoming upcoming, Sender sender, RunControl control) {
    this.decider = decider;
    this.consents = consents;
    this.upcoming = upcoming;
    this.sender = sender;
    this.control = control;
    this.verification = new Verification(decider, control);
    this.background = new BackgroundWork(sender, verification);
  }

  @Override
  public boolean foretells() {
    return false;
  }

  @Override
  public ItemResult undecided(HostPass pass, String task, String why) {
    return ItemResult.failed("cannot be decided: " + why);
  }

  @Override
  public <P, S> ItemResult act(HostPass pass, Call.OnHost<P, S> call, Decider.Decided<S> decided)
      throws HostLost {
    return switch (decided.decision()) {
      case Decision.Decided<S> d when d.changes().isEmpty() ->
          ItemResult.of(
              new Outcome.Ok(), Results.ok(false, call.result(decided.observed()).entries()));
      case Decision.Decided<S> d -> consented(pass, call, decided.observed(), d.changes());
      case Decision.Blocked<S> b -> ItemResult.failed(b.message());
      case Decision.Impossible<S> i -> ItemResult.failed(i.message());
      case Decision.Refused<S> r -> refused(r.message());
      case Decision.Ask<S, ?> a ->
          throw new IllegalStateException("an open question is no decision");
    };
  }

  private static ItemResult refused(String message) {
    return ItemResult.of(new Outcome.Refused(message), Results.failed(message));
  }

  private <P, S> ItemResult consented(
      HostPass pass, Call.OnHost<P, S> call, S observed, List<Change<S>> changes) throws HostLost {
    for (Change<S> change : changes) {
      Optional<String> missing = consents.missing(call.task(), change.impact());
      if (missing.isPresent()) {
        return refused(missing.get());
      }
    }
    if (changes.stream().allMatch(c -> c.impact() instanceof Impact.None)) {
      return perform(pass, call, observed, changes);
    }
    disruptive.lock();
    try {
      return perform(pass, call, observed, changes);
    } finally {
      disruptive.unlock();
    }
  }

  private <P, S> ItemResult perform(
      HostPass pass, Call.OnHost<P, S> call, S observed, List<Change<S>> changes) throws HostLost {
    if (call.task().keywords().detach().isPresent()) {
      return background.start(pass, call, observed, changes);
    }
    Call.Where where = call.where();
    boolean verifies = !call.probe().needless();
    List<Probe<?>> looks = verifying(pass, call, verifies);
    Sender.Sent sent;
    try {
      sent =
          sender.send(
              new Sender.Job(pass, where, call.task(), call.item(), call.secret()),
              changes,
              ProbeBatch.of(looks.stream().map(ProbeKey::of).toList(), HostLink.nonce()),
              looks.stream().map(Probe::deadline).max(Duration::compareTo).orElse(Probe.DEADLINE));
    } catch (UploadException e) {
      return ItemResult.failed(String.valueOf(e.getMessage()));
    }
    List<ChangeLine> lines =
        changes.stream().map(c -> new ChangeLine(c.what(), c.impact())).toList();
    var diffs = changes.stream().flatMap(c -> c.diffs().stream()).toList();
    StepOutcomes reading = sent.reading();
    if (reading.failure().isPresent()) {
      Value.Dict result = reading.result(true, Map.of());
      return new ItemResult(reading.failure().get(), lines, diffs, result, Optional.empty());
    }
    Map<String, Value> more = call.result(observed).entries();
    if (verifies) {
      Verification.Convergence<S> end = verification.converge(where, call, changes);
      if (end.failure().isPresent()) {
        var failure = new Outcome.Failed(Outcome.Failure.of(end.failure().get()), false);
        return new ItemResult(
            failure, lines, diffs, Results.failed(end.failure().get()), Optional.empty());
      }
      more =
          end.observed()
              .map(call::result)
              .map(r -> (Map<String, Value>) r.entries())
              .orElse(Map.of());
    }
    Sender.finished(pass, where, sent.notes());
    return new ItemResult(
        new Outcome.Changed(false), lines, diffs, reading.result(false, more), Optional.empty());
  }

  /**
   * The probes that follow the steps: the task's own, and those that the next tasks need anyway.
   */
  private <P, S> List<Probe<?>> verifying(HostPass pass, Call.OnHost<P, S> call, boolean verifies) {
    var looks = new ArrayList<Probe<?>>();
    if (verifies && call.probe().trust() == Probe.Trust.BUILT_IN) {
      looks.add(call.probe());
    }
    looks.addAll(upcoming.next(pass, call.where()));
    return looks;
  }

  @Override
  public ItemResult join(HostPass pass, Control.Join join) throws HostLost {
    return background.join(pass, join);
  }

  @Override
  public <S> ItemResult await(HostPass pass, Call.Where where, String task, Control.WaitFor<S> wait)
      throws HostLost {
    if (!wait.delay().isZero()) {
      Pauses.sleep(wait.delay(), control);
      where.link().changing();
    }
    long end = System.nanoTime() + wait.deadline().toNanos();
    while (true) {
      String trouble = "";
      try {
        S seen = decider.observe(where, wait.look());
        if (wait.satisfied().test(seen)) {
          return ItemResult.of(new Outcome.Ok(), Results.ok(false, new LinkedHashMap<>()));
        }
        Optional<String> hopeless = wait.hopeless().apply(seen);
        if (hopeless.isPresent()) {
          return ItemResult.failed(hopeless.get());
        }
      } catch (Decider.NotObserved e) {
        trouble = ": " + e.getMessage();
      }
      if (System.nanoTime() > end || control.stopping()) {
        return ItemResult.failed(
            wait.failure()
                    .orElse(
                        "waited "
                            + wait.deadline().toSeconds()
                            + " s in vain until "
                            + wait.expectation())
                + trouble);
      }
      Pauses.sleep(wait.every(), control);
      where.link().changing(); // what is waited for changes the host, and not only there
    }
  }
}
