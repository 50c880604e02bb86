package dev.hactl.engine.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * One piece of POSIX sh that runs on a host and ends with an exit status.
 *
 * @param id a name for messages, for example the task and module; never sent to a shell
 * @param text the script; any text without NUL
 * @param stdin what it reads as standard input; /dev/null when empty
 * @param deadline how long it may run, counted from the end of the fragment before it
 * @param policy what may happen to it
 * @param outputCap bytes kept of each of standard output and standard error; the rest is dropped
 *     and flagged
 * @param trust what is known of the text
 * @param functions definitions that the text builds on; empty for none. Fragments that share them
 *     can share their way to the host
 */
public record Fragment(
    String id,
    String text,
    Optional<Bytes> stdin,
    Duration deadline,
    Policy policy,
    int outputCap,
    Trust trust,
    String functions) {

  /** How much is known of a text. */
  public enum Trust {
    /** Nothing; it gets a {@code sh} of its own, so that a syntax error harms nothing else. */
    FOREIGN,
    /** Built in and well-formed; it may run in a cheap subshell. */
    BUILT_IN,
    /** The same, and nothing that it starts goes on after its end. */
    LEAVES_NOTHING
  }

  /** Default cap of a probe's output: 16 MiB. */
  public static final int PROBE_CAP = 16 << 20;

  /** Default cap of a step's output: 1 MiB. */
  public static final int STEP_CAP = 1 << 20;

  public Fragment {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(id + ": a script cannot contain NUL");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException(id + ": the deadline must be positive, not " + deadline);
    }
    if (outputCap < 0) {
      throw new IllegalArgumentException(id + ": negative output cap");
    }
  }

  /** A built-in read-only fragment with the usual deadline of 10 s. */
  public static Fragment probe(String id, String text) {
    return new Fragment(
        id,
        text,
        Optional.empty(),
        Duration.ofSeconds(10),
        Policy.PROBE,
        PROBE_CAP,
        Trust.BUILT_IN,
        "");
  }

  /** A user's own text that changes something and may be interrupted; deadline 5 minutes. */
  public static Fragment step(String id, String text) {
    return new Fragment(
        id,
        text,
        Optional.empty(),
        Duration.ofMinutes(5),
        Policy.INTERRUPTIBLE,
        STEP_CAP,
        Trust.FOREIGN,
        "");
  }

  /** The same with standard input. */
  public Fragment withStdin(Bytes input) {
    return new Fragment(
        id, text, Optional.of(input), deadline, policy, outputCap, trust, functions);
  }

  /** The same with another deadline. */
  public Fragment withDeadline(Duration other) {
    return new Fragment(id, text, stdin, other, policy, outputCap, trust, functions);
  }

  /** The same with another policy. */
  public Fragment withPolicy(Policy other) {
    return new Fragment(id, text, stdin, deadline, other, outputCap, trust, functions);
  }

  /** The same with another cap of output. */
  public Fragment withOutputCap(int bytes) {
    return new Fragment(id, text, stdin, deadline, policy, bytes, trust, functions);
  }

  /** The same with definitions of hactl's own that the text builds on. */
  public Fragment building(String on) {
    return new Fragment(id, text, stdin, deadline, policy, outputCap, trust, on);
  }

  /** The same as text known to be well-formed. */
  public Fragment asTrusted() {
    return new Fragment(id, text, stdin, deadline, policy, outputCap, Trust.BUILT_IN, functions);
  }

  /** The same as text of which nothing is known. */
  public Fragment asForeign() {
    return new Fragment(id, text, stdin, deadline, policy, outputCap, Trust.FOREIGN, functions);
  }

  /** The same as text of hactl's own that leaves nothing running. */
  public Fragment leavingNothing() {
    return new Fragment(
        id, text, stdin, deadline, policy, outputCap, Trust.LEAVES_NOTHING, functions);
  }

  /** Whether the text is known to be well-formed. */
  boolean trusted() {
    return trust != Trust.FOREIGN;
  }

  /** Whether a daemon may come of it, which must not inherit what is odd about a job. */
  boolean mayStartDaemons() {
    return policy != Policy.PROBE && trust != Trust.LEAVES_NOTHING;
  }
}
