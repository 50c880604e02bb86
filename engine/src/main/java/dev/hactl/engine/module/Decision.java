package dev.hactl.engine.module;

import java.util.List;
import java.util.function.Function;

/**
 * What a plan came to.
 *
 * @param <S> the module's observation
 */
public sealed interface Decision<S> {

  /**
   * The changes to make, in order; none when the host is as wanted.
   *
   * @param changes what to do
   * @param reliesOn what the verdict rests on; an earlier predicted change to one of these makes it
   *     unknown in check mode
   */
  record Decided<S>(List<Change<S>> changes, List<Thing> reliesOn) implements Decision<S> {
    /** Copies the lists. */
    public Decided {
      changes = List.copyOf(changes);
      reliesOn = List.copyOf(reliesOn);
    }
  }

  /**
   * A second look before deciding: old text for a diff, a candidate's verification. At most three
   * in a row.
   *
   * @param probe read-only
   * @param then decides with its answer; pure
   */
  record Ask<S, A>(Probe<A> probe, Function<A, Decision<S>> then) implements Decision<S> {
    /** Runs the continuation. */
    public Decision<S> answered(Object answer) {
      @SuppressWarnings("unchecked") // the engine hands back what this ask's own probe parsed
      A typed = (A) answer;
      return then.apply(typed);
    }
  }

  /**
   * Cannot be done because something is missing that an earlier task may bring. When an earlier
   * change of the same run is predicted to bring it, check mode shows a derived change; otherwise
   * the task fails.
   */
  record Blocked<S>(Thing missing, String message) implements Decision<S> {}

  /** Cannot be done on this host, whatever comes before: the task fails with this message. */
  record Impossible<S>(String message) implements Decision<S> {}

  /** Must not be done: a guard of the module refuses. Exit code 9. */
  record Refused<S>(String message) implements Decision<S> {}

  /** Nothing to do. */
  static <S> Decision<S> ok(Thing... reliesOn) {
    return new Decided<>(List.of(), List.of(reliesOn));
  }

  /** Changes to make; none when the list is empty. */
  static <S> Decision<S> change(List<Change<S>> changes, Thing... reliesOn) {
    return new Decided<>(changes, List.of(reliesOn));
  }

  /** One change to make. */
  static <S> Decision<S> change(Change<S> change, Thing... reliesOn) {
    return new Decided<>(List.of(change), List.of(reliesOn));
  }

  /** A second look. */
  static <S, A> Decision<S> ask(Probe<A> probe, Function<A, Decision<S>> then) {
    return new Ask<>(probe, then);
  }
}
