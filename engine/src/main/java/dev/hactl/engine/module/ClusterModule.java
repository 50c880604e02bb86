package dev.hactl.engine.module;

import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A module that sees a cluster as one: its probe is asked on every member, and one plan says what
 * is to be done on which of them, in stages.
 *
 * @param <P> bound parameters; the same on all members
 * @param <S> what is seen on one member
 */
public non-sealed interface ClusterModule<P, S> extends Module<P> {

  /**
   * Whether a host that is in no cluster counts as a cluster of its own, with itself as the only
   * member. Such a host is refused otherwise.
   */
  default boolean takesLoneHosts() {
    return false;
  }

  /** The read-only question to each member. */
  Probe<S> probe(P params);

  /**
   * What has to be done so that the cluster matches the parameters. Pure. It is called again after
   * each stage, with what is seen then; what comes after the first stage is a prediction.
   */
  ClusterDecision<S> plan(P params, Members<S> observed);

  /** What {@code register} sees beyond {@code changed failed msg}. */
  default Value.Dict result(P params, Members<S> observed) {
    return new Value.Dict(new LinkedHashMap<>());
  }

  /** Looks for the reason when a stage has not converged. */
  default Optional<Diagnosis> diagnose(P params, Members<S> observed) {
    return Optional.empty();
  }
}
