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

  /** A fresh look at what was changed. */
  interface Look<S> {
    S now() throws HostLost, Decider.NotObserved;
  }

  <P, S> Convergence<S> converge(Call.Where where, Call.OnHost<P, S> call, List<Change<S>> changes)
      throws HostLost {
    return converge(
        () -> decider.observe(where, call.probe()),
        where.link()::changing,
        call::diagnose,
        changes);
  }

  /**
   * Looks until the changes converged.
   *
   * @param forget makes the next look a fresh one, and whatever else was seen before the wait old:
   *     what was asked ahead for the next task is not so any more
   * @param diagnose why they have not, and whether they still can
   */
  <S> Convergence<S> converge(
      Look<S> look,
      Runnable forget,
      Function<S, Optional<Diagnosis>> diagnose,
      List<Change<S>> changes)
      throws HostLost {
    Duration deadline = longest(changes, c -> c.settle().deadline());
    Duration stable = longest(changes, c -> c.settle().stable());
    long end = System.nanoTime() + deadline.toNanos();
    Duration stall = longest(changes, c -> c.settle().stall());
    var progress = new Progress();
    long pause = 100;
    boolean held = stable.isZero();
    while (true) {
      S seen;
      try {
        seen = look.now();
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
          || diagnose.apply(seen).map(Diagnosis::hopeless).orElse(false)) {
        return new Convergence<>(Optional.of(seen), Optional.of(unmet(open, diagnose.apply(seen))));
      } else if (!stall.isZero() && progress.still(diagnose.apply(seen)).compareTo(stall) > 0) {
        return new Convergence<>(
            Optional.of(seen),
            Optional.of(
                unmet(open, diagnose.apply(seen))
                    + "\nnothing has moved for "
                    + stall.toSeconds()
                    + " s"));
      } else {
        held = stable.isZero();
        Pauses.sleep(Duration.ofMillis(pause), control);
        pause = Math.min(pause * 2, 2000);
      }
      forget.run();
    }
  }

  /** What was said last, and since when. */
  private static final class Progress {
    private String said = "";
    private long since = System.nanoTime();

    /** How long the same has been said. */
    Duration still(Optional<Diagnosis> diagnosis) {
      String now = diagnosis.map(Diagnosis::text).orElse("");
      if (!now.equals(said)) {
        said = now;
        since = System.nanoTime();
      }
      return Duration.ofNanos(System.nanoTime() - since);
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
