package dev.hactl.engine.report;

import dev.hactl.engine.source.Place;
import java.util.List;

/** Somebody who is asked before each task of a run: the operator, for {@code --step}. */
@FunctionalInterface
public interface Stepper {

  /**
   * Returns the answer; it may be waited for as long as it takes. Called by one thread at a time,
   * and left waiting when the run is ended meanwhile.
   */
  Answer ask(Question question);

  /** What may be answered. */
  enum Answer {
    /** The task is done. */
    YES,
    /** The task is skipped. */
    NO,
    /** The task is done, and so is everything after it without a question. */
    CONTINUE,
    /** The run ends here as after Ctrl-C. */
    QUIT
  }

  /** What it is that is asked about. */
  enum Kind {
    TASK,
    HANDLER,
    /** A handler that an interrupted run left behind. */
    LEFTOVER,
    /** Tasks that are done as one or not at all. */
    TRANSACTION
  }

  /**
   * A question. Nothing in it needs redaction.
   *
   * @param tasks the task's title; those of all tasks of a transaction
   * @param place where it stands, or the first of them
   * @param hosts the hosts it is about to run on, in their order
   */
  record Question(Kind kind, List<String> tasks, Place place, List<On> hosts) {}

  /**
   * What is about to happen on a host.
   *
   * @param foretold whether the plan came to this task; without that nothing is known of it
   * @param changes what would be changed, or may be and why that cannot be told; empty when nothing
   */
  record On(String host, boolean foretold, List<String> changes) {}
}
