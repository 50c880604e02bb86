package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.TransactionModule;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** One task's turn: it ends on all hosts, and each host's pass knows how. */
final class TaskTurn {
  private static final String POSSIBLY = "would run only if the block fails";

  private final PlayScope scope;
  private final TaskRunner runner;
  private final ClusterTask clusters;
  private final ClusterTransaction transactions;
  private final HandlerNotes notes;
  private final Teller teller;
  private final RunOptions options;
  private final boolean foretells;
  private final Tally tally;
  private final Executor helpers;
  private final Batches batches;
  private final Map<String, HostPass> passes;
  private final OnTargets targets;
  private final Consultation operator;

  TaskTurn(
      PlayScope scope,
      TaskRunner runner,
      ClusterTask clusters,
      ClusterTransaction transactions,
      HandlerNotes notes,
      Teller teller,
      RunOptions options,
      boolean foretells,
      Tally tally,
      Executor helpers,
      Batches batches,
      Map<String, HostPass> passes,
      OnTargets targets,
      Consultation operator) {
    this.operator = operator;
    this.targets = targets;
    this.passes = passes;
    this.batches = batches;
    this.scope = scope;
    this.runner = runner;
    this.clusters = clusters;
    this.transactions = transactions;
    this.notes = notes;
    this.teller = teller;
    this.options = options;
    this.foretells = foretells;
    this.tally = tally;
    this.helpers = helpers;
  }

  /** What a task is told as. */
  enum Role {
    TASK,
    HANDLER,
    LEFTOVER
  }

  /** Ends the task on these hosts, in their order; on none where the operator ends the run. */
  SequencedMap<HostPass, TaskEnd> of(Task task, List<HostPass> hosts, Role role, Region region) {
    Stepping.Go go = operator.of(task, role, chosen(task, hosts));
    if (go == Stepping.Go.NOWHERE) {
      return new LinkedHashMap<>();
    }
    boolean told = !hosts.isEmpty() || (options.check() && !region.possibly().isEmpty());
    if (told) {
      teller.started(task, role != Role.TASK, role == Role.LEFTOVER);
    }
    var ordered = new LinkedHashMap<HostPass, TaskEnd>();
    if (!hosts.isEmpty()) {
      boolean past = go == Stepping.Go.PAST;
      ordered.putAll(
          past ? operator.declined(task, role, chosen(task, hosts)) : ends(task, hosts, role));
      boolean handled = role != Role.TASK && !past;
      ordered.forEach((pass, end) -> after(pass, task, end, handled, region));
      if (once(task)) {
        batches.of(hosts).forEach(batch -> share(task, batch, ordered));
      }
    }
    region.possibly().forEach((pass, may) -> possibly(pass, task, may));
    return ordered;
  }

  private SequencedMap<HostPass, TaskEnd> ends(Task task, List<HostPass> hosts, Role role) {
    if (task.keywords().on().isEmpty()) {
      return ends(task, hosts);
    }
    var elsewhere = targets.elsewhere(task, hosts, role != Role.TASK);
    SequencedMap<HostPass, TaskEnd> here =
        ends(task, hosts.stream().filter(p -> !elsewhere.containsKey(p)).toList());
    var all = new LinkedHashMap<HostPass, TaskEnd>();
    for (HostPass pass : hosts) {
      ItemResult result = elsewhere.get(pass);
      if (result == null) {
        all.put(pass, Objects.requireNonNull(here.get(pass)));
      } else {
        teller.ended(pass, task, new Call.Skip(Optional.empty(), ""), result, Duration.ZERO);
        all.put(pass, TaskRunner.end(task, List.of(result), false, false));
      }
    }
    return all;
  }

  private SequencedMap<HostPass, TaskEnd> ends(Task task, List<HostPass> hosts) {
    List<HostPass> chosen = chosen(task, hosts);
    Map<HostPass, TaskEnd> ends = new ConcurrentHashMap<>();
    if (ofCluster(task)) {
      ends.putAll(clusters.run(chosen, task));
    } else {
      Parallel.each(chosen, atOnce(task), helpers, pass -> ends.put(pass, runner.run(pass, task)));
    }
    var ordered = new LinkedHashMap<HostPass, TaskEnd>();
    for (HostPass pass : chosen) {
      Optional.ofNullable(ends.get(pass)).ifPresent(end -> ordered.put(pass, end));
    }
    return ordered;
  }

  private List<HostPass> chosen(Task task, List<HostPass> hosts) {
    return once(task) ? batches.of(hosts).stream().map(List::getFirst).toList() : hosts;
  }

  private int atOnce(Task task) {
    return Math.min(options.mode().forks(), task.keywords().throttle().orElse(Integer.MAX_VALUE));
  }

  /** A cluster's task runs once for the cluster as it is, and every member takes part. */
  private boolean once(Task task) {
    return task.keywords().runOnce() && !ofCluster(task);
  }

  private boolean ofCluster(Task task) {
    return module(task) instanceof ClusterModule<?, ?>;
  }

  private Module<?> module(Task task) {
    return scope.book().modules().find(task.module()).orElseThrow();
  }

  /** The tasks of a block that is one transaction. */
  Map<Task, Map<HostPass, TaskEnd>> transaction(
      List<Task> all, List<HostPass> hosts, Region region) {
    if (hosts.isEmpty()) {
      all.forEach(task -> of(task, hosts, Role.TASK, region));
      return Map.of();
    }
    var ends =
        switch (operator.ofAll(all, hosts)) {
          case NOWHERE -> Map.<Task, Map<HostPass, TaskEnd>>of();
          case PAST -> declined(all, hosts);
          case ON ->
              transactions.run(hosts, all, (TransactionModule<?, ?, ?>) module(all.getFirst()));
        };
    ends.forEach((task, own) -> own.forEach((pass, end) -> after(pass, task, end, false, region)));
    for (Task task : all) {
      region.possibly().forEach((pass, may) -> possibly(pass, task, may));
    }
    return ends;
  }

  private Map<Task, Map<HostPass, TaskEnd>> declined(List<Task> all, List<HostPass> hosts) {
    var ends = new LinkedHashMap<Task, Map<HostPass, TaskEnd>>();
    for (Task task : all) {
      teller.started(task, false, false);
      ends.put(task, operator.declined(task, Role.TASK, hosts));
    }
    return ends;
  }

  private void after(HostPass pass, Task task, TaskEnd end, boolean handler, Region region) {
    task.keywords().register().ifPresent(name -> pass.names.set(name, end.registered()));
    give(pass);
    boolean caught = region.catches(end);
    PassCounts.add(pass, task, end, caught);
    tally.note(pass.host.name(), task, end, foretells);
    if (foretells) {
      pass.background.expect(task, end);
    }
    operator.ended(pass, task, end);
    pass.stirs |= end.changed() || end.unknown() || end.failed();
    if (end.changed() || (foretells && end.unknown())) {
      for (Task notified : Handlers.notifiedBy(task, scope.play())) {
        pass.notified.merge(notified.id(), !end.changed(), (a, b) -> a && b);
      }
    }
    if (!end.changed() && !end.failed() && !end.lost()) {
      // Noted before the command ran; changed_when then said that nothing changed.
      Handlers.notifiedBy(task, scope.play()).stream()
          .filter(h -> !pass.notified.containsKey(h.id()))
          .forEach(h -> notes.forget(pass, h));
    }
    if (end.lost() && task.keywords().ignoreUnreachable()) {
      pass.comeBack();
    } else if (end.lost()) {
      stumbles(pass, HostPass.State.UNREACHABLE, new Stumble(task, end.registered(), caught));
    } else if (end.failed() && !task.keywords().ignoreErrors()) {
      pass.notified.remove(task.id()); // its note stays: the next run tries it again
      stumbles(pass, HostPass.State.FAILED, new Stumble(task, end.registered(), caught));
      tally.refused |= end.refused();
    } else if (handler) {
      pass.notified.remove(task.id());
      notes.done(pass, task);
    }
  }

  /** Hands over what a task set for the host it was delegated to. */
  private void give(HostPass pass) {
    pass.forOthers.forEach((name, facts) -> {
      HostPass other = passes.get(name);
      if (other == null) {
        teller.emit(
            new Event.Noted(
                name, "it takes part in no play, so nothing can use what was set for it"));
      } else {
        facts.forEach(other.names::set);
      }
    });
    pass.forOthers.clear();
  }

  private static void stumbles(HostPass pass, HostPass.State state, Stumble stumble) {
    if (pass.active()) {
      pass.stumble = stumble; // in a transaction the first failure counts
    }
    pass.state = state;
  }

  /** What one host found out all know, and what it could not do nobody can. */
  private static void share(Task task, List<HostPass> batch, Map<HostPass, TaskEnd> ends) {
    HostPass first = batch.getFirst();
    TaskEnd end = ends.get(first);
    if (end == null) {
      return;
    }
    for (HostPass other : batch) {
      task.keywords().register().ifPresent(name -> other.names.set(name, end.registered()));
      if (!task.keywords().delegateFacts()) {
        end.facts().forEach(other.names::set);
      }
      if (first.state == HostPass.State.FAILED && other.active()) {
        other.stumble = first.stumble;
        other.state = HostPass.State.FAILED;
      }
    }
  }

  /** Tells that a host would come here only if something before it failed. */
  private void possibly(HostPass pass, Task task, boolean may) {
    if (options.check()) {
      ItemResult skipped =
          ItemResult.of(new Outcome.Skipped(POSSIBLY), Results.skipped(task.title()));
      teller.ended(pass, task, new Call.Skip(Optional.empty(), POSSIBLY), skipped, Duration.ZERO);
      PassCounts.skipped(pass);
    }
    if (may) {
      if (!(module(task) instanceof ControlModule<?>)) {
        runner.foresee(pass, task);
      }
      Blank.namesOf(task).forEach(pass.names::set);
      tally.possible(pass.host.name(), task);
      Handlers.notifiedBy(task, scope.play()).forEach(h -> pass.possibly.add(h.id()));
    }
  }
}
