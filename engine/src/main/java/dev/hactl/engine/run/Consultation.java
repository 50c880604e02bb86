package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.report.Stepper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the operator has to say to the turns of a play's tasks: whether they are done, and what
 * becomes of those that are not.
 */
final class Consultation {
  private final Stepping stepping;
  private final TaskRunner runner;
  private final HandlerNotes notes;
  private final Teller teller;
  private final Tally tally;
  private final boolean foretells;

  Consultation(
      Stepping stepping,
      TaskRunner runner,
      HandlerNotes notes,
      Teller teller,
      Tally tally,
      boolean foretells) {
    this.stepping = stepping;
    this.runner = runner;
    this.notes = notes;
    this.teller = teller;
    this.tally = tally;
    this.foretells = foretells;
  }

  /** Keeps what a task came to when it was foretold. */
  void ended(HostPass pass, Task task, TaskEnd end) {
    if (foretells) {
      stepping.foretold(pass, task, end);
    }
  }

  /** Whether to do a task on these hosts. */
  Stepping.Go of(Task task, TaskTurn.Role role, List<HostPass> hosts) {
    if (foretells || !stepping.asks()) {
      return Stepping.Go.ON;
    }
    Stepper.Kind kind =
        switch (role) {
          case TASK -> Stepper.Kind.TASK;
          case HANDLER -> Stepper.Kind.HANDLER;
          case LEFTOVER -> Stepper.Kind.LEFTOVER;
        };
    return about(kind, List.of(task), hosts);
  }

  /** Whether to do the tasks of a transaction on these hosts. */
  Stepping.Go ofAll(List<Task> tasks, List<HostPass> hosts) {
    return foretells || !stepping.asks()
        ? Stepping.Go.ON
        : about(Stepper.Kind.TRANSACTION, tasks, hosts);
  }

  /** Of hosts on which no condition holds nobody is asked. */
  private Stepping.Go about(Stepper.Kind kind, List<Task> tasks, List<HostPass> hosts) {
    List<HostPass> acting =
        hosts.stream().filter(p -> tasks.stream().anyMatch(t -> runner.acts(p, t))).toList();
    return stepping.about(kind, tasks, acting);
  }

  /** How a task ends that the operator does not want; a handler stays noted for the next run. */
  SequencedMap<HostPass, TaskEnd> declined(Task task, TaskTurn.Role role, List<HostPass> hosts) {
    var ends = new LinkedHashMap<HostPass, TaskEnd>();
    for (HostPass pass : hosts) {
      pass.notified.remove(task.id());
      boolean handler = role != TaskTurn.Role.TASK;
      if (runner.acts(pass, task)) {
        boolean owed = handler && notes.decline(pass, task);
        ItemResult result = Stepping.declined(task, owed);
        teller.ended(pass, task, new Call.Skip(Optional.empty(), ""), result, Duration.ZERO);
        tally.declined(pass.host.name(), task);
        ends.put(pass, TaskRunner.end(task, List.of(result), false, false));
      } else {
        ends.put(pass, runner.run(pass, task)); // its own conditions skip it
        if (handler) {
          notes.done(pass, task);
        }
      }
    }
    return ends;
  }
}
