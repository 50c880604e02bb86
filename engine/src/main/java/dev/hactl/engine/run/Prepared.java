package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import java.util.List;

/**
 * A play with what runs it.
 *
 * @param tasks those that are selected, in order
 * @param parts which of them stand in a rescue
 * @param facts whether the hosts' facts are read
 */
record Prepared(
    PlayScope scope,
    List<Task> tasks,
    RescueParts parts,
    Caller caller,
    StaticCalls calls,
    boolean facts) {}
