package dev.hactl.engine.module;

import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;

/** What a {@link ControlModule} asks of the engine. */
public sealed interface Control {

  /** Shows a message or the value of an expression. */
  record Say(SequencedMap<String, Value> shown) implements Control {}

  /** Goes on, with a message. */
  record Pass(String message) implements Control {}

  /** Fails the task. */
  record Fail(String message) implements Control {}

  /** Sets variables of this host for the rest of the run. */
  record SetFacts(SequencedMap<String, Value> facts) implements Control {}

  /** Something in the order of the play changes. */
  record Steer(Meta what) implements Control {}

  /**
   * Looks at the host until it is as wanted. In check mode one look decides between ok and unknown.
   *
   * @param look asked again and again
   * @param satisfied what must hold
   * @param delay before the first look
   * @param every between looks
   * @param deadline after which the task fails
   * @param expectation what is waited for, for messages
   */
  record WaitFor<S>(
      Probe<S> look,
      java.util.function.Predicate<S> satisfied,
      Duration delay,
      Duration every,
      Duration deadline,
      String expectation)
      implements Control {}

  /** Several conditions; the first that does not hold fails the task. */
  record Require(List<Condition> conditions, String whenTrue, String whenFalse)
      implements Control {}

  /** Ansible's {@code meta} actions. */
  enum Meta {
    FLUSH_HANDLERS,
    END_PLAY,
    END_HOST,
    CLEAR_HOST_ERRORS,
    RESET_CONNECTION,
    NOOP
  }
}
