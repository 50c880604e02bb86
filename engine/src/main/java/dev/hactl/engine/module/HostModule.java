package dev.hactl.engine.module;

import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A module that looks at one host and changes it.
 *
 * <p>Reading and deciding are separate: {@link #probe} says what to read, {@link #plan} decides and
 * is pure: no I/O, no clock, no randomness, so that it can be tested as a table of arguments and
 * observations.
 *
 * @param <P> bound parameters
 * @param <S> the observation
 */
public non-sealed interface HostModule<P, S> extends Module<P> {

  /** The read-only question whose answer {@link #plan} needs. */
  Probe<S> probe(P params);

  /** What has to change so that the host matches the parameters. */
  Decision<S> plan(P params, S observed);

  /**
   * What {@code register} sees beyond {@code changed failed rc stdout stderr msg}.
   *
   * @param observed the state after the steps
   */
  default Value.Dict result(P params, S observed) {
    return new Value.Dict(new LinkedHashMap<>());
  }

  /**
   * Whether a task may start it and go on ({@code detach: true}): whatever it plans is one change
   * of one script that reports, without guards and intent.
   */
  default boolean detachable() {
    return false;
  }

  /**
   * Looks for the reason when a change has not converged.
   *
   * @param observed the state after the steps
   */
  default Optional<Diagnosis> diagnose(P params, S observed) {
    return Optional.empty();
  }
}
