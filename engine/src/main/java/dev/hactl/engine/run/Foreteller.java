package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.plan.Verdict;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what would happen and sends no step. */
final class Foreteller implements Actor {
  private final Decider decider;
  private final Consents consents;

  /**
   * A foreteller.
   *
   * @param consents told of every impact that is met
   */
  Foreteller(Decider decider, Consents consents) {
    this.decider = decider;
    this.consents = consents;
  }

  @Override
  public boolean foretells() {
    return true;
  }

  @Override
  public <P, S> ItemResult act(HostPass pass, Call.OnHost<P, S> call, Decider.Decided<S> decided) {
    String task = call.task().name().text();
    Verdict verdict = pass.forecast.judge(decided.decision());
    pass.acts |= !(verdict instanceof Verdict.Converged);
    if (decided.decision() instanceof Decision.Decided<S> d && d.changes().isEmpty()) {
      pass.expectIdle(call);
    }
    if (!changesNothing(call)) {
      pass.forecast.expect(task, verdict);
    }
    return switch (verdict) {
      case Verdict.Converged c ->
          ItemResult.of(
              new Outcome.Ok(), Results.ok(false, call.result(decided.observed()).entries()));
      case Verdict.WillChange w -> {
        consents.meet(pass.host.name(), call.task(), w.changes());
        yield new ItemResult(
            new Outcome.Changed(w.derived()),
            w.derived()
                ? List.of(new ChangeLine(w.why(), Impact.none()))
                : w.changes().stream()
                    .map(c -> new ChangeLine(Background.what(call.task(), c), c.impact()))
                    .toList(),
            w.changes().stream().flatMap(Foreteller::diffs).toList(),
            Results.predicted(task, call.module().manual()),
            Optional.empty());
      }
      case Verdict.Unknown u ->
          ItemResult.of(new Outcome.Unknown(u.why()), Results.unknown(task, u.why()));
      case Verdict.WillFail f -> ItemResult.failed(f.message());
      case Verdict.Refuses r ->
          ItemResult.of(new Outcome.Refused(r.message()), Results.failed(r.message()));
    };
  }

  private static java.util.stream.Stream<Diff> diffs(Change<?> change) {
    return change.diffs().stream();
  }

  /** A command whose author says {@code changed_when: false} only looks. */
  private static boolean changesNothing(Call.OnHost<?, ?> call) {
    return call.task().keywords().changedWhen().stream().anyMatch(c -> c.text().equals("false"));
  }

  @Override
  public <S> ItemResult await(HostPass pass, Call.Where where, String task, Control.WaitFor<S> wait)
      throws HostLost {
    pass.acts = true;
    try {
      S seen = decider.observe(where, wait.look());
      if (wait.satisfied().test(seen) && pass.forecast.unsettled().isEmpty()) {
        return ItemResult.of(new Outcome.Ok(), Results.ok(false, Map.of()));
      }
    } catch (Decider.NotObserved e) {
      // not there yet: that is what the wait is for
    }
    String why = "it would wait until " + wait.expectation();
    return ItemResult.of(
        new Outcome.Unknown(why), Results.ok(false, Map.of("msg", Value.text(why))));
  }

  @Override
  public ItemResult join(HostPass pass, Control.Join join) {
    if (!pass.background.expects(join.task())) {
      return Background.nothingStarted();
    }
    pass.acts = true;
    return Background.notAwaited(join.task());
  }

  @Override
  public ItemResult undecided(HostPass pass, String task, String why) {
    pass.acts = true;
    pass.forecast.expect(task, Footprint.unknown());
    return ItemResult.of(new Outcome.Unknown(why), Results.unknown(task, why));
  }
}
