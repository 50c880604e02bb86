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

  /** Counts a task. */
  static void add(HostPass pass, Task task, TaskEnd end) {
    boolean ignored = end.failed() && task.keywords().ignoreErrors() && !end.lost();
    boolean failed = end.failed() && !ignored && !end.lost();
    boolean skipped = end.skipped();
    boolean unknown = !failed && end.unknown();
    boolean ok = !failed && !end.lost() && !skipped && !unknown;
    pass.count(c ->
        new Counts(
            c.ok() + (ok ? 1 : 0),
            c.changed() + (ok && end.changed() ? 1 : 0),
            c.unreachable() + (end.lost() ? 1 : 0),
            c.failed() + (failed ? 1 : 0),
            c.skipped() + (skipped ? 1 : 0),
            c.rescued(),
            c.ignored() + (ignored ? 1 : 0),
            c.unknown() + (unknown ? 1 : 0)));
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
