package dev.hactl.engine.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One change to a host: what it is, what it looks like, what it does to others, and the steps that
 * make it.
 *
 * @param what one line in the infinitive, e.g. {@code create directory /srv/www}
 * @param diffs before and after
 * @param impact on services and data
 * @param footprint what it may alter
 * @param guards conditions checked on the host in the same message before the steps
 * @param steps run in order; the first that fails ends the change
 * @param intent set when the steps are not atomic: the object noted on the host before them
 * @param converged whether an observation shows this change done; looks only at the fields the
 *     change claims
 * @param settle how long that may take
 */
public record Change<S>(
    String what,
    List<Diff> diffs,
    Impact impact,
    Footprint footprint,
    List<Guard> guards,
    List<Step> steps,
    Optional<String> intent,
    Predicate<S> converged,
    Settle settle) {

  /** Copies the lists. */
  public Change {
    diffs = List.copyOf(diffs);
    guards = List.copyOf(guards);
    steps = List.copyOf(steps);
  }

  /** Starts a change whose result is verified by a new observation. */
  public static <S> Builder<S> to(String what, Predicate<S> converged) {
    return new Builder<>(what, converged);
  }

  /** Starts a change that is verified by the exit status of its steps alone. */
  public static <S> Builder<S> byStatus(String what) {
    return new Builder<>(what, ignored -> true);
  }

  /** Collects the parts of a change. */
  public static final class Builder<S> {
    private final String what;
    private final Predicate<S> converged;
    private final List<Diff> diffs = new ArrayList<>();
    private final List<Guard> guards = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private Impact impact = Impact.none();
    private Footprint footprint = Footprint.of();
    private Optional<String> intent = Optional.empty();
    private Settle settle = Settle.AT_ONCE;

    private Builder(String what, Predicate<S> converged) {
      this.what = what;
      this.converged = converged;
    }

    /** Adds a diff. */
    public Builder<S> diff(Diff diff) {
      diffs.add(diff);
      return this;
    }

    /** Adds a step. */
    public Builder<S> step(Step step) {
      steps.add(step);
      return this;
    }

    /** Adds steps. */
    public Builder<S> steps(List<? extends Step> more) {
      steps.addAll(more);
      return this;
    }

    /** Adds a guard. */
    public Builder<S> guard(Guard guard) {
      guards.add(guard);
      return this;
    }

    /** Says what it does to others. */
    public Builder<S> impact(Impact other) {
      impact = other;
      return this;
    }

    /** Says what it alters. */
    public Builder<S> touches(Footprint other) {
      footprint = other;
      return this;
    }

    /**
     * Notes the object on the host before the steps; a rerun that finds the note treats it as
     * unfinished.
     */
    public Builder<S> intent(String object) {
      intent = Optional.of(object);
      return this;
    }

    /** Says how long it may take to converge. */
    public Builder<S> settle(Settle other) {
      settle = other;
      return this;
    }

    /** The change. */
    public Change<S> build() {
      return new Change<>(what, diffs, impact, footprint, guards, steps, intent, converged, settle);
    }
  }
}
