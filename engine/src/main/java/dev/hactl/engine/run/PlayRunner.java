package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.TransactionModule;
import dev.hactl.engine.report.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Takes the hosts of one batch through a play in Ansible's linear order: a task ends on all hosts
 * before the next one begins anywhere, then the handlers that were notified run in the order they
 * are written.
 */
final class PlayRunner {
  private final PlayScope scope;
  private final List<Task> tasks;
  private final List<HostPass> passes;
  private final TaskRunner runner;
  private final ClusterTask clusters;
  private final ClusterTransaction transactions;
  private final Prefetch prefetch;
  private final HandlerNotes notes;
  private final Teller teller;
  private final RunOptions options;
  private final RunControl control;
  private final boolean foretells;
  private final Tally tally;
  private final Executor helpers;
  private boolean ended;

  PlayRunner(
      PlayScope scope,
      List<Task> tasks,
      List<HostPass> passes,
      TaskRunner runner,
      ClusterTask clusters,
      ClusterTransaction transactions,
      Prefetch prefetch,
      StepContext context,
      Teller teller,
      RunOptions options,
      RunControl control,
      boolean foretells,
      Tally tally,
      Executor helpers) {
    this.scope = scope;
    this.tasks = tasks;
    this.passes = passes;
    this.runner = runner;
    this.clusters = clusters;
    this.transactions = transactions;
    this.prefetch = prefetch;
    this.notes = new HandlerNotes(context, teller, foretells);
    this.teller = teller;
    this.options = options;
    this.control = control;
    this.foretells = foretells;
    this.tally = tally;
    this.helpers = helpers;
  }

  /**
   * Runs the play.
   *
   * @return false when the run must not go on with another play
   */
  boolean run() {
    boolean goesOn = leftovers();
    for (int i = 0; i < tasks.size() && goesOn && !ended; ) {
      prefetch.at(i);
      List<Task> next = ClusterTransaction.beginning(tasks.subList(i, tasks.size()));
      boolean one = next.getFirst().keywords().transaction().isPresent();
      goesOn = one ? transaction(next, active()) : task(tasks.get(i), active(), false, false);
      i += next.size();
    }
    return goesOn && flush() && !control.stopping();
  }

  private List<HostPass> active() {
    return passes.stream().filter(HostPass::active).toList();
  }

  /**
   * Handlers that a run before this one notified and could not run. Where one cannot do its work
   * yet, because what it works on is missing now, it waits for the end of the play like a handler
   * that was notified in this run.
   */
  private boolean leftovers() {
    boolean goesOn = true;
    for (Task handler : scope.play().handlers()) {
      var hosts = new ArrayList<HostPass>();
      for (HostPass pass : active()) {
        if (notes.takeUp(pass, handler.name().text())) {
          Optional<String> obstacle = runner.obstacle(pass, handler);
          if (obstacle.isEmpty()) {
            hosts.add(pass);
          } else {
            pass.notified.put(handler.id(), false);
            teller.emit(
                new Event.Noted(
                    pass.host.name(),
                    "'"
                        + handler.name().text()
                        + "', left over from an interrupted run, waits for the end of the play: "
                        + obstacle.get()));
          }
        }
      }
      if (!hosts.isEmpty()) {
        goesOn &= task(handler, hosts, true, true);
      }
    }
    active().forEach(notes::forgetUnknown);
    return goesOn;
  }

  private boolean flush() {
    boolean goesOn = true;
    for (Task handler : scope.play().handlers()) {
      List<HostPass> hosts =
          active().stream().filter(p -> p.notified.containsKey(handler.id())).toList();
      if (goesOn && !hosts.isEmpty()) {
        goesOn = task(handler, hosts, true, false);
      }
    }
    return goesOn;
  }

  private boolean task(Task task, List<HostPass> hosts, boolean handler, boolean leftover) {
    if (hosts.isEmpty() || control.stopping()) {
      return false;
    }
    teller.started(task, handler, leftover);
    boolean together = ofCluster(task);
    // A cluster's task runs once for the cluster as it is, and every member takes part.
    boolean once = task.keywords().runOnce() && !together;
    List<HostPass> chosen = once ? hosts.subList(0, 1) : hosts;
    Map<HostPass, TaskEnd> ends = new ConcurrentHashMap<>();
    if (together) {
      ends.putAll(clusters.run(chosen, task));
    } else {
      Parallel.each(
          chosen, options.forks(), helpers, pass -> ends.put(pass, runner.run(pass, task)));
    }
    var ordered = new LinkedHashMap<HostPass, TaskEnd>();
    for (HostPass pass : chosen) {
      Optional.ofNullable(ends.get(pass)).ifPresent(end -> ordered.put(pass, end));
    }
    ordered.forEach((pass, end) -> after(pass, task, end, handler));
    if (once) {
      share(task, hosts, ordered);
    }
    return steer(ordered) && goesOn(task, ordered);
  }

  /** The tasks of a block that is one transaction. */
  private boolean transaction(List<Task> all, List<HostPass> hosts) {
    if (hosts.isEmpty() || control.stopping()) {
      return false;
    }
    var module =
        (TransactionModule<?, ?, ?>)
            scope.book().modules().find(all.getFirst().module()).orElseThrow();
    var ends = transactions.run(hosts, all, module);
    ends.forEach((task, own) -> own.forEach((pass, end) -> after(pass, task, end, false)));
    Task last =
        all.stream()
            .filter(t ->
                ends.getOrDefault(t, Map.of()).values().stream()
                    .anyMatch(e -> e.failed() || e.lost()))
            .findFirst()
            .orElse(all.getLast());
    return goesOn(last, ends.getOrDefault(last, Map.of()));
  }

  private boolean ofCluster(Task task) {
    return scope.book().modules().find(task.module()).orElse(null) instanceof ClusterModule<?, ?>;
  }

  private void after(HostPass pass, Task task, TaskEnd end, boolean handler) {
    task.keywords().register().ifPresent(name -> pass.set(name, end.registered()));
    PassCounts.add(pass, task, end);
    tally.note(pass.host.name(), task, end, foretells);
    if (end.changed() || (foretells && end.unknown())) {
      for (Task notified : Handlers.notifiedBy(task, scope.play().handlers())) {
        pass.notified.merge(notified.id(), !end.changed(), (a, b) -> a && b);
      }
    }
    if (!end.changed() && !end.failed() && !end.lost()) {
      // Noted before the command ran; changed_when then said that nothing changed.
      Handlers.notifiedBy(task, scope.play().handlers()).stream()
          .filter(h -> !pass.notified.containsKey(h.id()))
          .forEach(h -> notes.forget(pass, h.name().text()));
    }
    if (end.lost()) {
      pass.state = HostPass.State.UNREACHABLE;
    } else if (end.failed() && !task.keywords().ignoreErrors()) {
      pass.state = HostPass.State.FAILED;
      tally.refused |= end.refused();
    } else if (handler) {
      pass.notified.remove(task.id());
      notes.forget(pass, task.name().text());
    }
  }

  private static void share(Task task, List<HostPass> hosts, Map<HostPass, TaskEnd> ends) {
    for (TaskEnd end : ends.values()) {
      for (HostPass other : hosts) {
        task.keywords().register().ifPresent(name -> other.set(name, end.registered()));
      }
    }
  }

  private boolean steer(Map<HostPass, TaskEnd> ends) {
    boolean goesOn = true;
    boolean flush = false;
    for (var entry : ends.entrySet()) {
      Optional<Control.Meta> steer = entry.getValue().steer();
      if (steer.isEmpty()) {
        continue;
      }
      switch (steer.get()) {
        case FLUSH_HANDLERS -> flush = true;
        case END_PLAY -> ended = true;
        case END_HOST -> entry.getKey().state = HostPass.State.ENDED;
        case CLEAR_HOST_ERRORS ->
            passes.stream()
                .filter(p -> p.state == HostPass.State.FAILED)
                .forEach(p -> p.state = HostPass.State.ACTIVE);
        case RESET_CONNECTION, NOOP -> {}
      }
    }
    if (flush) {
      goesOn = flush();
    }
    return goesOn;
  }

  /** A pair stops as one: a failure ends the play for all hosts, unless the task says otherwise. */
  private boolean goesOn(Task task, Map<HostPass, TaskEnd> ends) {
    List<String> bad = new ArrayList<>();
    ends.keySet().stream()
        .filter(p -> p.state == HostPass.State.FAILED || p.state == HostPass.State.UNREACHABLE)
        .forEach(p -> bad.add(p.host.name()));
    if (bad.isEmpty() || (foretells && options.check())) {
      return !active().isEmpty() || bad.isEmpty();
    }
    if (task.keywords().anyErrorsFatal() || active().isEmpty()) {
      if (passes.size() > bad.size()) {
        teller.emit(
            new Event.PlayStopped(
                "'"
                    + task.name().text()
                    + "' failed on "
                    + String.join(", ", bad)
                    + ", so no host goes on"));
      }
      return false;
    }
    return true;
  }
}
