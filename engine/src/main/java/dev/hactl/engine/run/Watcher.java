package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;

/**
 * Looks on while every task is evaluated for every host before the first connection. It is called
 * by several threads, each with hosts of its own.
 */
interface Watcher {
  /** Looks at nothing. */
  Watcher NOBODY =
      new Watcher() {
        @Override
        public boolean wants(Task task) {
          return false;
        }

        @Override
        public void see(PlayScope scope, HostPass pass, Task task) {}
      };

  /** Whether a task is to be shown on every host, also where it is the same as on another. */
  boolean wants(Task task);

  /**
   * A task's turn, on each host where it is wanted or may come to something else than before.
   *
   * @param pass the host with the names that the task sees
   */
  void see(PlayScope scope, HostPass pass, Task task);
}
