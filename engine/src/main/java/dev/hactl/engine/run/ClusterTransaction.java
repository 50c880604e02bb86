package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Transaction;
import dev.hactl.engine.module.TransactionModule;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the tasks of a block that says {@code transaction:} as one: once for each cluster, told task
 * by task for each host.
 */
final class ClusterTransaction {
  private final Inventory inventory;
  private final Caller caller;
  private final TransactionActor actor;
  private final Teller teller;
  private final Function<Host, HostPass> outsiders;

  /**
   * A runner of such blocks.
   *
   * @param outsiders members that the play leaves out, to be looked at only
   */
  ClusterTransaction(
      Inventory inventory,
      Caller caller,
      TransactionActor actor,
      Teller teller,
      Function<Host, HostPass> outsiders) {
    this.inventory = inventory;
    this.caller = caller;
    this.actor = actor;
    this.teller = teller;
    this.outsiders = outsiders;
  }

  /** Ends the tasks on all hosts of the batch. */
  Map<Task, Map<HostPass, TaskEnd>> run(
      List<HostPass> passes, List<Task> tasks, TransactionModule<?, ?, ?> module) {
    long began = System.nanoTime();
    var lines = new ArrayList<TransactionLine>();
    passes.stream()
        .collect(
            Collectors.groupingBy(
                p -> p.host.cluster().orElse(""), LinkedHashMap::new, Collectors.toList()))
        .forEach((cluster, own) ->
            lines.addAll(actor.act(group(cluster, own, tasks, module.transaction()))));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    var ends = new LinkedHashMap<Task, Map<HostPass, TaskEnd>>();
    for (Task task : tasks) {
      teller.emit(new Event.TaskStarted(task.title(), task.module(), task.place(), false, false));
      ends.put(
          task, told(passes, task, lines, task.equals(tasks.getLast()) ? took : Duration.ZERO));
    }
    return ends;
  }

  private Map<HostPass, TaskEnd> told(
      List<HostPass> passes, Task task, List<TransactionLine> lines, Duration took) {
    var results = new LinkedHashMap<HostPass, List<ItemResult>>();
    List<TransactionLine> own = lines.stream().filter(l -> l.task().id() == task.id()).toList();
    for (HostPass pass : passes) {
      for (TransactionLine line : own) {
        ItemResult result = line.results().get(pass);
        if (result != null) {
          teller.ended(pass, task, Objects.requireNonNull(line.calls().get(pass)), result, took);
          results
              .computeIfAbsent(pass, p -> new ArrayList<>())
              .add(LoopItem.result(task, Objects.requireNonNull(line.calls().get(pass)), result));
        }
      }
    }
    boolean looped = task.keywords().loop().isPresent();
    var ends = new LinkedHashMap<HostPass, TaskEnd>();
    for (HostPass pass : passes) {
      List<ItemResult> items = results.getOrDefault(pass, List.of());
      boolean lost = items.stream().anyMatch(i -> i.outcome() instanceof Outcome.Unreachable);
      if (looped || !items.isEmpty()) {
        ends.put(pass, TaskRunner.end(task, items, looped, lost));
      }
    }
    return ends;
  }

  private <S, E> TransactionGroup<S, E> group(
      String cluster, List<HostPass> passes, List<Task> tasks, Transaction<S, E> transaction) {
    Task first = tasks.getFirst();
    var members = new LinkedHashMap<String, Optional<Call.Where>>();
    for (Host host : inventory.cluster(cluster)) {
      HostPass pass =
          passes.stream()
              .filter(p -> p.host.name().equals(host.name()))
              .findFirst()
              .orElseGet(() -> outsiders.apply(host));
      members.put(host.name(), caller.where(first, pass));
    }
    return new TransactionGroup<>(
        cluster,
        tasks,
        transaction,
        passes,
        new ClusterEyes.Watched<>(
            members,
            passes.stream().map(p -> p.host.name()).collect(Collectors.toSet()),
            transaction.probe().shared()));
  }
}
