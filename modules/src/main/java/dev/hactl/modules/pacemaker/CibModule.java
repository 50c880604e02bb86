package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.Transaction;
import dev.hactl.engine.module.TransactionModule;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.CibSeen;
import dev.hactl.modules.cib.CibTransaction;

/**
 * A module whose desired state is a part of the cluster's configuration. It writes nothing itself:
 * what it wants is an edit of one document.
 *
 * @param <P> bound parameters
 */
public interface CibModule<P> extends TransactionModule<P, CibSeen, CibEdit> {

  @Override
  default Transaction<CibSeen, CibEdit> transaction() {
    return new CibTransaction();
  }
}
