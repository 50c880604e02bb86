package dev.hactl.engine.remote;

import java.util.Optional;

/** How a fragment ended, as far as the controller knows. */
public sealed interface Outcome {

  /**
   * It ran to its end.
   *
   * @param status exit status as the shell reports it
   * @param signal name of the signal that ended it ({@code KILL}), read from a status above 128 as
   *     POSIX shells report it
   * @param out standard output, at most the fragment's cap
   * @param err standard error, at most the fragment's cap
   * @param truncated whether more was written than kept
   */
  record Finished(int status, Optional<String> signal, Bytes out, Bytes err, boolean truncated)
      implements Outcome {
    /** Exit status 0. */
    public boolean succeeded() {
      return status == 0;
    }
  }

  /**
   * Its deadline passed.
   *
   * @param doing what the host was doing then: the processes of the fragment with pid, state and
   *     command, one a line
   * @param out standard output until then
   * @param err standard error until then
   * @param abandoned it could not be killed (or, protected, must not be) and is still there
   */
  record TimedOut(String doing, Bytes out, Bytes err, boolean abandoned) implements Outcome {}

  /**
   * {@link Shell#cancel()} ended the wait.
   *
   * @param leftRunning it is protected and goes on without us
   */
  record Cancelled(boolean leftRunning) implements Outcome {}

  /** An earlier fragment of the message failed, timed out or was cancelled, so it never started. */
  record NotRun() implements Outcome {}

  /**
   * The link or the shell on the host went away; nobody knows how far the fragment got.
   *
   * @param why what was seen
   */
  record Lost(String why) implements Outcome {}
}
