package dev.hactl.engine.module;

import java.util.List;

/**
 * A cluster's document as the edits so far want it. It never changes: {@link #with} says what the
 * next draft is. Pure.
 *
 * @param <S> what is seen on one member
 * @param <E> what one task wants of the document
 */
public interface Draft<S, E> {

  /** What one more edit comes to. */
  Next<S, E> with(E edit);

  /** What has to be done so that the cluster has this document; one stage on one member. */
  ClusterDecision<S> decide();

  /** What every verdict about the document rests on. */
  List<Thing> reliesOn();

  /** What an edit comes to. */
  sealed interface Next<S, E> {

    /**
     * The draft after the edit.
     *
     * @param changes one line a changed object; none when the document is as the edit wants it
     * @param diffs before and after
     */
    record Drafted<S, E>(Draft<S, E> draft, List<String> changes, List<Diff> diffs)
        implements Next<S, E> {
      /** Copies the lists. */
      public Drafted {
        changes = List.copyOf(changes);
        diffs = List.copyOf(diffs);
      }
    }

    /** It cannot or must not be made. */
    record Stopped<S, E>(ClusterDecision.Obstacle<S> why) implements Next<S, E> {}
  }
}
