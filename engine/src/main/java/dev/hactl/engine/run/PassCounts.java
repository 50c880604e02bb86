package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Event.Counts;
import dev.hactl.engine.report.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Counts how tasks ended on a host. */
final class PassCounts {
  private PassCounts() {}

  /**
   * Counts a task.
   *
   * @param caught whether a failure of it is rescued
   */
  static void add(HostPass pass, Task task, TaskEnd end, boolean caught) {
    boolean ignored =
        end.lost()
            ? task.keywords().ignoreUnreachable()
            : end.failed() && task.keywords().ignoreErrors();
    boolean bad = (end.failed() || end.lost()) && !ignored;
    boolean skipped = end.skipped();
    boolean unknown = !bad && end.unknown();
    boolean ok = !bad && !skipped && !unknown;
    pass.count(c ->
        new Counts(
            c.ok() + (ok ? 1 : 0),
            c.changed() + (ok && end.changed() ? 1 : 0),
            c.unreachable() + (bad && !caught && end.lost() ? 1 : 0),
            c.failed() + (bad && !caught && !end.lost() ? 1 : 0),
            c.skipped() + (skipped ? 1 : 0),
            c.rescued() + (bad && caught ? 1 : 0),
            c.ignored() + (ignored ? 1 : 0),
            c.unknown() + (unknown ? 1 : 0)));
  }

  /** A task that was not run. */
  static void skipped(HostPass pass) {
    pass.count(c ->
        new Counts(
            c.ok(),
            c.changed(),
            c.unreachable(),
            c.failed(),
            c.skipped() + 1,
            c.rescued(),
            c.ignored(),
            c.unknown()));
  }

  /** Something that nothing waited for failed. */
  static void failed(HostPass pass) {
    pass.count(c ->
        new Counts(
            c.ok(),
            c.changed(),
            c.unreachable(),
            c.failed() + 1,
            c.skipped(),
            c.rescued(),
            c.ignored(),
            c.unknown()));
  }

  /** A failure that was to be rescued is one after all: the run was ended before. */
  static void notRescued(HostPass pass) {
    boolean lost = pass.state == HostPass.State.UNREACHABLE;
    pass.count(c ->
        new Counts(
            c.ok(),
            c.changed(),
            c.unreachable() + (lost ? 1 : 0),
            c.failed() + (lost ? 0 : 1),
            c.skipped(),
            c.rescued() - 1,
            c.ignored(),
            c.unknown()));
  }

  /** A connection that failed before the first task. */
  static void unreachable(HostPass pass, Teller teller, String message) {
    pass.state = HostPass.State.UNREACHABLE;
    pass.count(c ->
        new Counts(
            c.ok(),
            c.changed(),
            c.unreachable() + 1,
            c.failed(),
            c.skipped(),
            c.rescued(),
            c.ignored(),
            c.unknown()));
    teller.emit(
        new Event.TaskEnded(
            pass.host.name(),
            Optional.empty(),
            Optional.empty(),
            "connect",
            new Outcome.Unreachable(message),
            List.of(),
            List.of(),
            Duration.ZERO));
  }
}
