package dev.hactl.engine.module;

import java.time.Duration;
import java.util.Optional;

/** One thing that is done on a host: one script or one file. */
public sealed interface Step {

  /** Default deadline of a step. */
  Duration DEADLINE = Duration.ofMinutes(5);

  /**
   * A shell text.
   *
   * @param text POSIX sh; secrets in it are safe (it travels on a descriptor, never in argv) as
   *     long as the text itself passes them on by pipe or file
   * @param trust whether the text is hactl's own or holds the playbook author's commands
   * @param interruption what happens to it when the controller dies, the link is lost or the
   *     operator presses Ctrl-C
   * @param deadline after which it is ended
   * @param stdin what it reads; nothing when empty
   * @param reports whether its status and output are the result that {@code register} sees; such a
   *     step may end with any status without failing the change
   * @param keepsEnds whether line ends at the end of a reported output are kept; they are dropped
   *     otherwise
   * @param leavesNothing whether it starts nothing that goes on after its end; what does must not
   *     inherit how hactl's own processes are set up
   */
  record Script(
      String text,
      Probe.Trust trust,
      Interruption interruption,
      Duration deadline,
      Optional<Content> stdin,
      boolean reports,
      boolean keepsEnds,
      boolean leavesNothing)
      implements Step {

    /** A script that may start what goes on after its end. */
    public Script(
        String text,
        Probe.Trust trust,
        Interruption interruption,
        Duration deadline,
        Optional<Content> stdin,
        boolean reports,
        boolean keepsEnds) {
      this(text, trust, interruption, deadline, stdin, reports, keepsEnds, false);
    }

    /** A script whose output, where it is reported, is stripped of line ends at its end. */
    public Script(
        String text,
        Probe.Trust trust,
        Interruption interruption,
        Duration deadline,
        Optional<Content> stdin,
        boolean reports) {
      this(text, trust, interruption, deadline, stdin, reports, false);
    }
  }

  /**
   * A file that lands atomically: invisible before it is complete, attributes of an old file kept
   * where none are given, symbolic links followed.
   *
   * @param path where
   * @param content what
   * @param owner user name or empty to keep
   * @param group group name or empty to keep
   * @param mode four octal digits or empty to keep (0644 for a new file)
   * @param backup keep the old file beside it
   * @param validate a command with {@code %s} for the candidate that must succeed before it lands
   */
  record Put(
      String path,
      Content content,
      Optional<String> owner,
      Optional<String> group,
      Optional<String> mode,
      boolean backup,
      Optional<String> validate)
      implements Step {}

  /**
   * A file that is made on another member of the cluster and brought here by way of the controller,
   * where it is never whole in memory. It is there, with mode 0600 and a hash that was compared,
   * when the next step begins.
   *
   * @param member where the text runs; as whom this member is looked at
   * @param text a read-only text of hactl's own; what it prints is the file, and a status other
   *     than 0 is a failure
   * @param path where the file is put; missing directories are made, for the user alone
   */
  record Relay(String member, String text, String path) implements Step {}

  /** What may end a step early. */
  enum Interruption {
    /** Safe to end at any moment: a rerun repairs. */
    INTERRUPTIBLE,
    /** Never ended by a lost controller or Ctrl-C: package transactions, mkfs, create-md. */
    PROTECTED
  }

  /** A script of hactl's own that may be interrupted. */
  static Script sh(String text) {
    return new Script(
        text, Probe.Trust.BUILT_IN, Interruption.INTERRUPTIBLE, DEADLINE, Optional.empty(), false);
  }

  /** A script of hactl's own that works on files only and may be interrupted. */
  static Script files(String text) {
    return new Script(
        text,
        Probe.Trust.BUILT_IN,
        Interruption.INTERRUPTIBLE,
        DEADLINE,
        Optional.empty(),
        false,
        false,
        true);
  }

  /** A script of hactl's own that must not be interrupted. */
  static Script protectedSh(String text, Duration deadline) {
    return new Script(
        text, Probe.Trust.BUILT_IN, Interruption.PROTECTED, deadline, Optional.empty(), false);
  }

  /** A file with its attributes kept or defaulted. */
  static Put put(String path, Content content) {
    return new Put(
        path,
        content,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }
}
