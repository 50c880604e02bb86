package dev.hactl.engine.run;

import dev.hactl.engine.module.Control;

/** What is done with a decision: foretold, or carried out. */
interface Actor {

  /** Ends one item of a task that looks at a host. */
  <P, S> ItemResult act(HostPass pass, Call.OnHost<P, S> call, Decider.Decided<S> decided)
      throws HostLost;

  /** Ends one item that waits for something. */
  <S> ItemResult await(HostPass pass, Call.Where where, String task, Control.WaitFor<S> wait)
      throws HostLost;

  /** Ends one item that waits for what an earlier task started. */
  ItemResult join(HostPass pass, Control.Join join) throws HostLost;

  /** What an undecided item comes to. */
  ItemResult undecided(HostPass pass, String task, String why);

  /** Whether this only foretells. */
  boolean foretells();
}
