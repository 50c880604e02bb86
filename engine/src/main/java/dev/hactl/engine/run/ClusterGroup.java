package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterModule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The members of one cluster that a task works on together.
 *
 * @param cluster its name
 * @param acting those of the play's batch
 * @param members where each member of the inventory is looked at, in its order; empty for one that
 *     this cannot be told of yet
 */
record ClusterGroup<P, S>(
    String cluster,
    Task task,
    ClusterModule<P, S> module,
    P params,
    SequencedMap<HostPass, Call.OnCluster<P, S>> acting,
    SequencedMap<String, Optional<Call.Where>> members) {

  /** Copies the maps. */
  ClusterGroup {
    acting = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(acting));
    members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
  }

  /** Who is looked at. */
  ClusterEyes.Watched<S> watched() {
    return new ClusterEyes.Watched<>(
        members,
        acting.keySet().stream().map(p -> p.host.name()).collect(Collectors.toSet()),
        acting.firstEntry().getValue().probe());
  }

  /** The host of the batch with this name. */
  Optional<HostPass> pass(String name) {
    return acting.keySet().stream().filter(p -> p.host.name().equals(name)).findFirst();
  }

  /** Whether a secret went into the parameters. */
  boolean secret() {
    return acting.values().stream().anyMatch(Call.OnCluster::secret);
  }
}
