package dev.hactl.engine.module;

import java.util.List;
import java.util.function.Function;

/**
 * What a plan for a cluster came to.
 *
 * @param <S> what is seen on one member
 */
public sealed interface ClusterDecision<S> {

  /**
   * What to do, stage after stage; nothing when the cluster is as wanted.
   *
   * @param stages the first is done next, the others are foretold
   * @param reliesOn what the verdict rests on, on every member
   */
  record Decided<S>(List<Stage<S>> stages, List<Thing> reliesOn) implements ClusterDecision<S> {
    /** Copies the lists. */
    public Decided {
      stages = List.copyOf(stages);
      reliesOn = List.copyOf(reliesOn);
    }
  }

  /**
   * A second look at one member before deciding; at most three in a row.
   *
   * @param member who is asked
   * @param probe read-only
   * @param then decides with its answer; pure
   */
  record Ask<S, A>(String member, Probe<A> probe, Function<A, ClusterDecision<S>> then)
      implements ClusterDecision<S> {
    /** Runs the continuation. */
    public ClusterDecision<S> answered(Object answer) {
      @SuppressWarnings("unchecked") // the engine hands back what this ask's own probe parsed
      A typed = (A) answer;
      return then.apply(typed);
    }
  }

  /** What stands in the way. */
  sealed interface Obstacle<S> extends ClusterDecision<S> {
    /** One line for the operator. */
    String message();
  }

  /** Something is missing that an earlier task may bring. */
  record Blocked<S>(Thing missing, String message) implements Obstacle<S> {}

  /**
   * Cannot be done, whatever comes before.
   *
   * @param edits which edits of a {@link Draft} are at fault, counted from 0, as far as that is
   *     known
   */
  record Impossible<S>(String message, List<Integer> edits) implements Obstacle<S> {
    /** Copies the list. */
    public Impossible {
      edits = List.copyOf(edits);
    }

    /** No edit in particular is at fault. */
    public Impossible(String message) {
      this(message, List.of());
    }
  }

  /** Must not be done: a guard refuses. Exit code 9. */
  record Refused<S>(String message) implements Obstacle<S> {}

  /** Nothing to do. */
  static <S> ClusterDecision<S> ok(Thing... reliesOn) {
    return new Decided<>(List.of(), List.of(reliesOn));
  }

  /** Stages to go through. */
  static <S> ClusterDecision<S> stages(List<Stage<S>> stages, Thing... reliesOn) {
    return new Decided<>(stages, List.of(reliesOn));
  }
}
