package dev.hactl.engine.run;

import java.util.List;

/** What is done with a transaction: foretold, or carried out. */
interface TransactionActor {

  /** How every round of every task ended on every host. */
  <S, E> List<TransactionLine> act(TransactionGroup<S, E> group);
}
