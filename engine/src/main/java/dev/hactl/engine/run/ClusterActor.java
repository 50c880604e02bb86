package dev.hactl.engine.run;

import java.util.SequencedMap;

/** What is done with a decision about a cluster: foretold, or carried out. */
interface ClusterActor {

  /** How the task ended on each member of the batch. */
  <P, S> SequencedMap<HostPass, ItemResult> act(ClusterGroup<P, S> group);
}
