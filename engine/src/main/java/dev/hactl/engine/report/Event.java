package dev.hactl.engine.report;

import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a run tells the world, in the order it happens. Every output format is a consumer of these.
 * Nothing in an event needs redaction: secrets were replaced before it was made.
 */
public sealed interface Event {

  /**
   * The run begins.
   *
   * @param run its id, also the name of its journal
   * @param check whether nothing will be changed
   * @param playbooks absolute names of the files, in the order they run
   */
  record RunStarted(String run, boolean check, List<String> playbooks) implements Event {}

  /** A play, or one batch of it, begins. */
  record PlayStarted(String name, List<String> hosts) implements Event {}

  /** No host of the inventory matches the play and the limit. */
  record PlaySkipped(String name, String why) implements Event {}

  /**
   * A task begins on the hosts of the batch.
   *
   * @param name as shown in the banner
   * @param handler whether it is a handler
   * @param leftover whether it is a handler left over from an interrupted run
   */
  record TaskStarted(String name, String module, Place place, boolean handler, boolean leftover)
      implements Event {}

  /**
   * A task ended on a host, or one item of its loop did.
   *
   * @param host the host it was meant for
   * @param delegate the host it ran on instead
   * @param item label of the loop's item
   * @param changes what was or would be changed, in order
   * @param diffs before and after; empty when not asked for
   * @param took how long probing, changing and verifying took
   * @param result what {@code register} sees of it, for a {@link Reporter#showsResults reporter
   *     that shows results}; empty otherwise
   */
  record TaskEnded(
      String host,
      Optional<String> delegate,
      Optional<String> item,
      String task,
      Outcome outcome,
      List<ChangeLine> changes,
      List<Diff> diffs,
      Duration took,
      Map<String, Value> result)
      implements Event {

    /** The same without a result. */
    public TaskEnded(
        String host,
        Optional<String> delegate,
        Optional<String> item,
        String task,
        Outcome outcome,
        List<ChangeLine> changes,
        List<Diff> diffs,
        Duration took) {
      this(host, delegate, item, task, outcome, changes, diffs, took, Map.of());
    }
  }

  /** One change in words. */
  record ChangeLine(String what, Impact impact) {}

  /** A task is tried again. */
  record Retrying(String host, String task, int left) implements Event {}

  /** A long step is still at work. */
  record Progress(String host, String task, String what) implements Event {}

  /** Something worth knowing that stops nothing. */
  record Warned(Problem problem) implements Event {}

  /** Something about a host that has no place in a file. */
  record Noted(String host, String message) implements Event {}

  /** A play stops before its end. */
  record PlayStopped(String why) implements Event {}

  /** The run is being ended by the operator. */
  record Interrupting(String signal, String what) implements Event {}

  /**
   * The run ended.
   *
   * @param exit the exit code
   * @param hosts counts per host
   * @param missed what was never begun, by host; hosts that went through all of their plays are not
   *     in it
   * @param accuracy predicted against done; empty in check mode
   */
  record Recap(
      int exit,
      SequencedMap<String, Counts> hosts,
      SequencedMap<String, Missed> missed,
      Optional<Accuracy> accuracy)
      implements Event {}

  /**
   * What of a run a host never began, because the run ended before: its counts do not mean that it
   * is as wanted.
   *
   * @param plays the plays, by name
   * @param all whether these are all the plays it was meant to take part in
   */
  record Missed(List<String> plays, boolean all) {}

  /** How a host's tasks ended; {@code ok} includes {@code changed}, as Ansible counts. */
  record Counts(
      int ok,
      int changed,
      int unreachable,
      int failed,
      int skipped,
      int rescued,
      int ignored,
      int unknown) {
    /** Nothing counted yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * How good the plan was.
   *
   * @param predicted tasks that the plan said would change something
   * @param changed tasks that did
   * @param surprises tasks that changed something although the plan said ok
   */
  record Accuracy(int predicted, int changed, int surprises) {}
}
