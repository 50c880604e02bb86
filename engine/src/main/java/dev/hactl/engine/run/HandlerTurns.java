package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.report.Event;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs handlers: those that an earlier run left behind, and those that were notified. */
final class HandlerTurns {
  private final List<Task> handlers;
  private final TaskRunner runner;
  private final HandlerNotes notes;
  private final Teller teller;
  private final Turn turn;

  HandlerTurns(
      List<Task> handlers, TaskRunner runner, HandlerNotes notes, Teller teller, Turn turn) {
    this.handlers = handlers;
    this.runner = runner;
    this.notes = notes;
    this.teller = teller;
    this.turn = turn;
  }

  /** What runs a task on hosts. */
  interface Turn {
    /** Ends the task on the hosts. */
    void task(Task task, List<HostPass> hosts, TaskTurn.Role role, Region region);

    /** Whether no task is to begin any more. */
    boolean stops();
  }

  /**
   * Handlers that a run before this one notified and could not run. Where one cannot do its work
   * yet, because what it works on is missing now, it waits for the end of the play like a handler
   * that was notified in this run.
   */
  void leftovers(List<HostPass> passes) {
    for (Task handler : handlers) {
      if (turn.stops()) {
        return;
      }
      List<HostPass> ready =
          passes.stream()
              .filter(HostPass::active)
              .filter(p -> notes.takeUp(p, handler))
              .filter(p -> ready(p, handler))
              .toList();
      turn.task(handler, ready, TaskTurn.Role.LEFTOVER, Region.OUTERMOST);
    }
    passes.stream().filter(HostPass::active).forEach(notes::forgetUnknown);
  }

  private boolean ready(HostPass pass, Task handler) {
    Optional<String> obstacle = runner.obstacle(pass, handler);
    obstacle.ifPresent(o -> {
      pass.notified.put(handler.id(), false);
      teller.emit(
          new Event.Noted(
              pass.host.name(),
              "'"
                  + handler.title()
                  + "', left over from an interrupted run, waits for the end of the play: "
                  + o));
    });
    return obstacle.isEmpty();
  }

  /**
   * Runs what was notified on these hosts, in the order it is written; a handler that notifies one
   * before it is followed by that one.
   */
  void flush(List<HostPass> hosts, Region region) {
    boolean more = true;
    while (more) {
      more = false;
      for (Task handler : handlers) {
        if (turn.stops()) {
          return;
        }
        List<HostPass> notified =
            hosts.stream().filter(p -> p.active() && p.notified.containsKey(handler.id())).toList();
        Map<HostPass, Boolean> possibly = possibly(handler, hosts, notified);
        if (!notified.isEmpty() || !possibly.isEmpty()) {
          more |= !handler.keywords().notifies().isEmpty();
          turn.task(handler, notified, TaskTurn.Role.HANDLER, region.with(possibly));
        }
      }
    }
  }

  private static Map<HostPass, Boolean> possibly(
      Task handler, List<HostPass> hosts, List<HostPass> notified) {
    Set<HostPass> certain = new HashSet<>(notified);
    var possibly = new LinkedHashMap<HostPass, Boolean>();
    for (HostPass pass : hosts) {
      if (pass.possibly.remove(handler.id()) && !certain.contains(pass)) {
        possibly.put(pass, true);
      }
    }
    return possibly;
  }

  /**
   * The same at the end of a part of the play, also for hosts that left it without a failure.
   *
   * @param forced whether failed hosts run what they notified before, too
   */
  void atEnd(List<HostPass> passes, boolean forced) {
    var away = new LinkedHashMap<HostPass, HostPass.State>();
    for (HostPass pass : passes) {
      boolean comes =
          pass.state == HostPass.State.ENDED || (forced && pass.state == HostPass.State.FAILED);
      if (comes && !pass.notified.isEmpty()) {
        away.put(pass, pass.state);
        pass.state = HostPass.State.ACTIVE;
      }
    }
    flush(passes, Region.OUTERMOST);
    away.forEach((pass, state) -> {
      if (pass.active()) {
        pass.state = state;
      }
    });
  }
}
