package dev.hactl.engine.remote;

import java.time.Duration;
import java.util.Optional;

/** Waits for a step that goes on by itself, over as many connections as that takes. */
final class DetachedWait {
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final ConnectedHost host;
  private final Identity who;
  private final Detached step;

  DetachedWait(ConnectedHost host, Identity who, Detached step) {
    this.host = host;
    this.who = who;
    this.step = step;
  }

  /**
   * Waits.
   *
   * @param patience how long
   * @param run this run: a lost link is only worth a new one for its own steps
   */
  Outcome await(Duration patience, String run) throws UnreachableException {
    long end = System.nanoTime() + patience.toNanos();
    int over = host.generation();
    SupervisedShell shell = host.supervised(who);
    Outcome outcome = Leftovers.await(shell, step, patience);
    if (!step.run().equals(run)) {
      return outcome;
    }
    if (outcome instanceof Outcome.Lost lost && shell.lost().isPresent()) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      Duration rest = left.compareTo(LEAST) > 0 ? left : LEAST;
      outcome = new LostStep(host, who, step, rest).end(over, lost);
    }
    return outcome instanceof Outcome.Finished && host.generation() > 0
        ? locked().<Outcome>map(Outcome.Lost::new).orElse(outcome)
        : outcome;
  }

  /**
   * Where a connection was lost, the step alone may have kept the host locked; it has ended, so the
   * lock is taken again. Why that was not possible, otherwise.
   */
  private Optional<String> locked() throws UnreachableException {
    Optional<HeldLock> held = host.lock();
    return held.isPresent() ? held.get().renew() : Optional.empty();
  }
}
