package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Manual;
import dev.hactl.modules.cib.CibEdit;

/**
 * A module whose desired state is a part of the cluster's configuration. It looks at nothing and
 * writes nothing itself: what it wants is an edit, and one transaction reads, verifies and writes
 * for all of them.
 *
 * @param <P> bound parameters
 */
public interface CibModule<P> {

  /** The parameters. */
  Form<P> form();

  /** What the parameters want of a configuration. */
  CibEdit edit(P params);

  /** What {@code hactl doc} prints. */
  Manual manual();
}
