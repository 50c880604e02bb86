package dev.hactl.engine.module;

/**
 * A cluster's module that writes nothing itself: what it wants is an edit of a document that others
 * edit too, so that several of its tasks can be one {@link Transaction}.
 *
 * @param <P> bound parameters
 * @param <S> what is seen on one member
 * @param <E> what one task wants of the document
 */
public interface TransactionModule<P, S, E> extends ClusterModule<P, S> {

  /** Whose document it is; equal for all modules that edit it. */
  Transaction<S, E> transaction();

  /** What the parameters want of the document. */
  E edit(P params);

  @Override
  default Probe<S> probe(P params) {
    return transaction().probe();
  }

  @Override
  default ClusterDecision<S> plan(P params, Members<S> observed) {
    return transaction().alone(edit(params), observed);
  }
}
