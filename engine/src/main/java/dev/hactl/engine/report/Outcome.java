package dev.hactl.engine.report;

import dev.hactl.engine.value.Value;
import java.util.Optional;
import java.util.SequencedMap;

/** How a task ended on a host, or in check mode how it would. */
public sealed interface Outcome {

  /** The host is as wanted. */
  record Ok() implements Outcome {}

  /**
   * Something was changed, or would be.
   *
   * @param derived the prediction rests on an earlier predicted change
   */
  record Changed(boolean derived) implements Outcome {}

  /** Check mode cannot tell. */
  record Unknown(String why) implements Outcome {}

  /** Not run. */
  record Skipped(String why) implements Outcome {}

  /**
   * The task failed.
   *
   * @param ignored whether the host goes on all the same
   */
  record Failed(Failure failure, boolean ignored) implements Outcome {}

  /** The host cannot be reached. */
  record Unreachable(String message) implements Outcome {}

  /** A guard or a missing consent refused; nothing was changed by this task. */
  record Refused(String message) implements Outcome {}

  /** A message was shown. */
  record Said(SequencedMap<String, Value> shown) implements Outcome {}

  /**
   * What went wrong.
   *
   * @param message one sentence
   * @param status exit status of the step, when there was one
   * @param stdout its standard output, secrets and excess removed
   * @param stderr its standard error, likewise
   */
  record Failure(String message, Optional<Integer> status, String stdout, String stderr) {
    /** A failure that no program reported. */
    public static Failure of(String message) {
      return new Failure(message, Optional.empty(), "", "");
    }
  }
}
