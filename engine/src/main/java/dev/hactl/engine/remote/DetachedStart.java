package dev.hactl.engine.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * Starts a step that goes on by itself, and looks whether it began. It keeps the lock's descriptor,
 * so the host stays locked until it ends, whatever becomes of its controller.
 */
final class DetachedStart {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Supervisor supervisor;
  private final JobScript job;
  private final String task;

  /**
   * A start.
   *
   * @param number names the step's files in the shell's directory
   * @param task what it is called
   */
  DetachedStart(Supervisor supervisor, Fragment step, String task, int number) {
    this.supervisor = supervisor;
    this.job =
        new JobScript(
            supervisor,
            Message.of(step.withPolicy(Policy.PROTECTED)),
            number,
            /* locking= */ false);
    this.task = task.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** Text for the supervisor itself. */
  String text() {
    return supervisor.detach(job, task.isEmpty() ? "a task" : task);
  }

  /**
   * The look. A job that is told before it began that nobody waits for it does not begin; so what
   * is reported as a failure is not at work later.
   */
  Fragment look() {
    return Fragment.probe(
            "look whether the step began",
            """
            n=$D/%d i=0
            [ -s "$n.task" ] || { echo "cannot write below $D: is its file system full?" >&2; exit 1; }
            until [ -s "$n.now" ]; do
            i=$((i + 1))
            if [ $i -gt 300 ]; then
            : >"$n.gone"; sleep 1
            [ -s "$n.now" ] || { rm -f "$n".*; echo "it did not begin" >&2; exit 1; }
            fi
            sleep 0.03 2>/dev/null || sleep 1
            done
            read -r l <"$n.pid" && set -- ${l##*") "} && echo "${l%%%% *} ${20}"
            """
                .formatted(job.first()))
        .withDeadline(PATIENCE);
  }

  /**
   * What came of it.
   *
   * @param process its pid and start time; empty where it did not begin
   */
  record Begin(Detaching detaching, String process) {}

  /** Reads what the look said. */
  Begin read(Outcome outcome, String run, String directory) {
    String said = outcome instanceof Outcome.Finished f ? f.out().text().strip() : "";
    return new Begin(detaching(outcome, run, directory), said);
  }

  private Detaching detaching(Outcome outcome, String run, String directory) {
    return outcome instanceof Outcome.Finished f && f.succeeded()
        ? new Detaching.Begun(
            new Detached(
                run,
                String.valueOf(job.first()),
                directory,
                /* running= */ true,
                Optional.of(task)))
        : new Detaching.Failed(outcome);
  }
}
