package dev.hactl.engine.module;

/**
 * A document that a cluster has once, and that several tasks may edit as one: their edits are tried
 * on a draft, which lands as a whole or not at all. A playbook asks for it with {@code
 * transaction:} on a block.
 *
 * @param <S> what is seen on one member
 * @param <E> what one task wants of the document
 */
public interface Transaction<S, E> {

  /** What {@code transaction:} says. */
  String name();

  /** The read-only question to each member; the same for every edit. */
  Probe<S> probe();

  /** The document as it was seen, before any edit. Pure. */
  Draft<S, E> begin(Members<S> observed);

  /** What has to be done for one edit alone. */
  default ClusterDecision<S> alone(E edit, Members<S> observed) {
    return switch (begin(observed).with(edit)) {
      case Draft.Next.Drafted<S, E> d -> d.draft().decide();
      case Draft.Next.Stopped<S, E> s -> s.why();
    };
  }
}
