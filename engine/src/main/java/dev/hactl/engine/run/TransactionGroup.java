package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Transaction;
import java.util.List;

/**
 * The members of one cluster that go through a transaction together.
 *
 * @param cluster its name
 * @param tasks in order
 * @param transaction whose document they edit
 * @param passes those of the play's batch
 * @param watched all members
 */
record TransactionGroup<S, E>(
    String cluster,
    List<Task> tasks,
    Transaction<S, E> transaction,
    List<HostPass> passes,
    ClusterEyes.Watched<S> watched) {}
