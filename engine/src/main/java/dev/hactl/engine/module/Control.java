package dev.hactl.engine.module;

import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

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
   * @param hopeless why waiting is in vain (no tool to look with), which fails the task at once
   * @param failure what is said after the deadline instead of hactl's own sentence
   */
  record WaitFor<S>(
      Probe<S> look,
      java.util.function.Predicate<S> satisfied,
      Duration delay,
      Duration every,
      Duration deadline,
      String expectation,
      Function<S, Optional<String>> hopeless,
      Optional<String> failure)
      implements Control {

    /** A wait that may always end well, with hactl's own message when it does not. */
    public WaitFor(
        Probe<S> look,
        java.util.function.Predicate<S> satisfied,
        Duration delay,
        Duration every,
        Duration deadline,
        String expectation) {
      this(
          look,
          satisfied,
          delay,
          every,
          deadline,
          expectation,
          ignored -> Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * Waits for the end of what an earlier task started on this host with {@code detach: true}; what
   * was never started is no failure.
   *
   * @param task the register of that task, or its name
   * @param deadline after which this task fails, while the other goes on
   */
  record Join(String task, Duration deadline) implements Control {}

  /** Several conditions; the first that does not hold fails the task. */
  record Require(List<Condition> conditions, String whenTrue, String whenFalse)
      implements Control {}

  /** Ansible's {@code meta} actions. */
  enum Meta {
    FLUSH_HANDLERS,
    END_PLAY,
    END_BATCH,
    END_HOST,
    END_ROLE,
    CLEAR_HOST_ERRORS,
    RESET_CONNECTION,
    NOOP
  }
}
