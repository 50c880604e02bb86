package dev.hactl.engine.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the playbooks say of a cluster.
 *
 * @param name the cluster, or its only host; empty when no inventory was given
 * @param members how many hosts it has; empty when no inventory was given
 * @param tasks the tasks on its hosts, in the order of the playbooks; a task is there once for each
 *     host and each turn of its loop
 */
public record SeenCluster(Optional<String> name, Optional<Integer> members, List<SeenTask> tasks) {

  /** The tasks of a module. */
  public Stream<SeenTask> of(String module) {
    return tasks.stream().filter(t -> t.module().equals(module));
  }

  /** Whether there is a task of a module. */
  public boolean has(String module) {
    return of(module).findAny().isPresent();
  }
}
