package dev.hactl.engine.module;

import java.time.Duration;

/**
 * How long a change may take to converge after its steps ended.
 *
 * @param deadline after which a change that has not converged is a failure
 * @param stable how long it must then hold (a unit that dies after two seconds has not converged)
 * @param stall how long the module's diagnosis, which tells how far it is, may stay the same before
 *     waiting is given up; zero for no such limit
 */
public record Settle(Duration deadline, Duration stable, Duration stall) {
  /** Converged when the steps end: one look decides. */
  public static final Settle AT_ONCE = new Settle(Duration.ZERO, Duration.ZERO);

  /** However little moves. */
  public Settle(Duration deadline, Duration stable) {
    this(deadline, stable, Duration.ZERO);
  }

  /** Waits up to the deadline. */
  public static Settle within(Duration deadline) {
    return new Settle(deadline, Duration.ZERO);
  }
}
