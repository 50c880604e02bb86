package dev.hactl.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits on conditions, never for a fixed time. */
public record Deadline(long nanos, Duration duration) {
  private static final long PAUSE_MILLIS = 20;

  /** A deadline that far from now. */
  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos(), duration);
  }

  /**
   * Returns as soon as the condition holds; fails with what was waited for once the deadline has
   * passed.
   */
  public void await(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - nanos > 0) {
        throw new AssertionError("waited " + duration.toSeconds() + " s for " + what);
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, e);
      }
    }
  }
}
