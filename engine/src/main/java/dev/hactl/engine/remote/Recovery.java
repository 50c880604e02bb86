package dev.hactl.engine.remote;

import java.time.Duration;

/** Finds out what became of a protected step whose link broke. */
@FunctionalInterface
interface Recovery {
  /**
   * Connects again, waits for the step and returns how it ended.
   *
   * @param lost what is known so far; returned when nothing better is found out
   * @param directory the lost shell's private directory on the host
   * @param number the job's number in it
   * @param patience how long to wait for the step
   */
  Outcome after(Outcome.Lost lost, String directory, int number, Duration patience);
}
