package dev.hactl.modules.user;

import dev.hactl.engine.source.Node;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;

/**
 * A user's module as its file describes it.
 *
 * @param name the file's name without extension
 * @param summary one line
 * @param description some sentences, or empty
 * @param parameters in the order of the file
 * @param probe shell text: exit status 0 as wanted, 1 change needed, anything else a failure
 * @param apply shell text that makes the change
 * @param effect what the change does to others
 * @param interruptible whether the change may be ended at any moment and repaired by a rerun
 * @param timeout how long the change may take
 * @param returns names that the probe prints as {@code name=value}, with their descriptions
 * @param written what the file holds
 */
record Definition(
    String name,
    String summary,
    String description,
    List<Parameter> parameters,
    String probe,
    String apply,
    Effect effect,
    boolean interruptible,
    Duration timeout,
    SequencedMap<String, String> returns,
    Node.Mapping written) {

  /** What a change does to services or data. */
  sealed interface Effect {
    /** Nobody notices. */
    record None() implements Effect {}

    /** Stops, moves or restarts a running service. */
    record Disruptive(String what) implements Effect {}

    /**
     * May lose data.
     *
     * @param token the parameter whose value the operator must name to consent
     */
    record Destructive(String what, String token) implements Effect {}
  }
}
