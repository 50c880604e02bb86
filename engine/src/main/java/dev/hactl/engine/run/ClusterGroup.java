package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Probe;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The members of one cluster that a task works on together.
 *
 * @param cluster its name
 * @param acting those of the play's batch
 * @param members where each member of the inventory is looked at; one that cannot be told yet is
 *     not among them
 * @param unreached why a member cannot be looked at, for the others
 */
record ClusterGroup<P, S>(
    String cluster,
    Task task,
    ClusterModule<P, S> module,
    P params,
    SequencedMap<HostPass, Call.OnCluster<P, S>> acting,
    SequencedMap<String, Call.Where> members,
    SequencedMap<String, String> unreached) {

  /** Copies the maps. */
  ClusterGroup {
    acting = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(acting));
    members = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    unreached = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(unreached));
  }

  Probe<S> probe() {
    return acting.firstEntry().getValue().probe();
  }

  /** The host of the batch with this name. */
  java.util.Optional<HostPass> pass(String name) {
    return acting.keySet().stream().filter(p -> p.host.name().equals(name)).findFirst();
  }

  /** Whether a secret went into the parameters. */
  boolean secret() {
    return acting.values().stream().anyMatch(Call.OnCluster::secret);
  }
}
