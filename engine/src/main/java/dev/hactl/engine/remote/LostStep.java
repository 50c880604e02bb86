package dev.hactl.engine.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * A protected step whose connection broke while it ran: it goes on, and is waited for over a new
 * connection.
 */
final class LostStep {
  /** How long to try to reach a host again on which a protected step was left. */
  private static final Duration RECONNECT = Duration.ofSeconds(60);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private final ConnectedHost host;
  private final Identity who;
  private final Detached step;
  private final Duration patience;

  /**
   * A step.
   *
   * @param who whose it is
   * @param patience how long to wait for its end
   */
  LostStep(ConnectedHost host, Identity who, Detached step, Duration patience) {
    this.host = host;
    this.who = who;
    this.step = step;
    this.patience = patience;
  }

  /**
   * How it ended.
   *
   * @param over the connection that broke, by its number
   * @param lost what is known so far; told when nothing better is found out
   */
  Outcome end(int over, Outcome.Lost lost) {
    int broken = over;
    long deadline = System.nanoTime() + RECONNECT.toNanos();
    Duration pause = FIRST_PAUSE;
    try {
      while (!host.closed() && System.nanoTime() < deadline) {
        try {
          SupervisedShell fresh = host.again(who, broken);
          Outcome outcome = reattach(fresh);
          if (fresh.lost().isEmpty()) {
            return outcome;
          }
          // Broke once more while waiting: as at the first time.
          deadline = System.nanoTime() + RECONNECT.toNanos();
          pause = FIRST_PAUSE;
        } catch (UnreachableException e) {
          Thread.sleep(pause);
          pause =
              pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
        }
        broken = host.generation();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Outcome.Lost(
        lost.why() + "; the step is protected and may still run there (" + step.directory() + ")");
  }

  /**
   * Waits for it over a new connection, and sees to it that the host stays locked: the step keeps
   * the lock of its own identity until it ends, any other ended with the old connection.
   */
  private Outcome reattach(SupervisedShell fresh) throws UnreachableException {
    fresh.send(Message.of(Leftovers.orphan(step.directory(), step.id())));
    Optional<HeldLock> held = host.lock();
    boolean own = held.map(HeldLock::who).filter(who::equals).isPresent();
    Optional<String> refused =
        held.isPresent() && !own ? held.get().renew() : Optional.<String>empty();
    Outcome outcome = Leftovers.await(fresh, step, patience);
    if (own && outcome instanceof Outcome.Finished) {
      refused = held.get().renew();
    }
    return refused.<Outcome>map(Outcome.Lost::new).orElse(outcome);
  }
}
