package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Diagnosis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks again after the steps, until every change converged or can no longer. */
final class Verification {
  private final Decider decider;
  private final RunControl control;

  Verification(Decider decider, RunControl control) {
    this.decider = decider;
    this.control = control;
  }

  /** How waiting for convergence ended. */
  record Convergence<S>(Optional<S> observed, Optional<String> failure) {}

  <P, S> Convergence<S> converge(Call.Where where, Call.OnHost<P, S> call, List<Change<S>> changes)
      throws HostLost {
    Duration deadline = longest(changes, c -> c.settle().deadline());
    Duration stable = longest(changes, c -> c.settle().stable());
    long end = System.nanoTime() + deadline.toNanos();
    long pause = 100;
    boolean held = stable.isZero();
    while (true) {
      S seen;
      try {
        seen = decider.observe(where, call.probe());
      } catch (Decider.NotObserved e) {
        return new Convergence<>(
            Optional.empty(), Optional.of("the result cannot be verified: " + e.getMessage()));
      }
      List<String> open =
          changes.stream().filter(c -> !c.converged().test(seen)).map(Change::what).toList();
      if (open.isEmpty() && held) {
        return new Convergence<>(Optional.of(seen), Optional.empty());
      }
      if (open.isEmpty()) {
        held = true;
        Pauses.sleep(stable, control);
      } else if (System.nanoTime() > end
          || control.stopping()
          || call.diagnose(seen).map(Diagnosis::hopeless).orElse(false)) {
        return new Convergence<>(Optional.of(seen), Optional.of(unmet(open, call.diagnose(seen))));
      } else {
        held = stable.isZero();
        Pauses.sleep(Duration.ofMillis(pause), control);
        pause = Math.min(pause * 2, 2000);
      }
      where.link().forget(where.who(), call.probe());
    }
  }

  private static String unmet(List<String> open, Optional<Diagnosis> diagnosis) {
    return "the steps ended well, yet the host is not as wanted: "
        + String.join("; ", open)
        + diagnosis.map(d -> "\n" + d.text()).orElse("");
  }

  private static <S> Duration longest(List<Change<S>> changes, Function<Change<S>, Duration> of) {
    return changes.stream().map(of).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
