package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.report.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Runs a task whose module sees a cluster as one: once for each cluster, told for each host. */
final class ClusterTask {
  private static final int LONE_AT_ONCE = 10;

  private final Inventory inventory;
  private final StaticCalls calls;
  private final Caller caller;
  private final TaskRunner alone;
  private final ClusterActor actor;
  private final Teller teller;
  private final Function<Host, HostPass> outsiders;

  /**
   * A runner of such tasks.
   *
   * @param alone runs what is not about the cluster: skipped and wrong calls
   * @param outsiders members that the play leaves out, to be looked at only
   */
  ClusterTask(
      Inventory inventory,
      StaticCalls calls,
      Caller caller,
      TaskRunner alone,
      ClusterActor actor,
      Teller teller,
      Function<Host, HostPass> outsiders) {
    this.inventory = inventory;
    this.calls = calls;
    this.caller = caller;
    this.alone = alone;
    this.actor = actor;
    this.teller = teller;
    this.outsiders = outsiders;
  }

  /**
   * Hosts that are looked at as one.
   *
   * @param name of the cluster, or of the host that is in none
   * @param lone that host
   */
  private record Together(String name, Optional<Host> lone) {
    static Together of(Host host) {
      return host.cluster()
          .map(name -> new Together(name, Optional.empty()))
          .orElseGet(() -> new Together(host.name(), Optional.of(host)));
    }

    List<Host> members(Inventory inventory) {
      return lone.map(List::of).orElseGet(() -> inventory.cluster(name));
    }
  }

  /** How one round of a loop began and what it came to. */
  private record Told(Call call, ItemResult result) {}

  /** Ends the task on all hosts of the batch. */
  Map<HostPass, TaskEnd> run(List<HostPass> passes, Task task) {
    var rounds = new Rounds(task, passes, calls);
    Set<HostPass> lost = new HashSet<>();
    for (int round = 0; round < rounds.count(); round++) {
      Map<HostPass, Call> now = rounds.at(round);
      now.keySet().removeAll(lost);
      long began = System.nanoTime();
      Map<HostPass, Told> told = round(task, now, lost);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      now.keySet()
          .forEach(pass -> {
            Told t = Objects.requireNonNull(told.get(pass));
            rounds.ended(pass, LoopItem.result(task, t.call(), t.result()));
            teller.ended(pass, task, t.call(), t.result(), took);
          });
    }
    return rounds.ends(lost);
  }

  private Map<HostPass, Told> round(Task task, Map<HostPass, Call> now, Set<HostPass> lost) {
    var told = new LinkedHashMap<HostPass, Told>();
    var clusters = new LinkedHashMap<Together, SequencedMap<HostPass, Call.OnCluster<?, ?>>>();
    now.forEach((pass, call) -> {
      if (call instanceof Call.OnCluster<?, ?> c) {
        clusters.computeIfAbsent(Together.of(pass.host), n -> new LinkedHashMap<>()).put(pass, c);
        return;
      }
      try {
        told.put(pass, new Told(call, alone.item(pass, task, call)));
      } catch (HostLost e) {
        lost.add(pass);
        told.put(pass, new Told(call, ItemResult.failed(String.valueOf(e.getMessage()))));
      }
    });
    var results = new ConcurrentHashMap<Together, SequencedMap<HostPass, ItemResult>>();
    // Hosts that are in no cluster have nothing to do with each other.
    List<Together> lone = clusters.keySet().stream().filter(c -> c.lone().isPresent()).toList();
    Parallel.each(
        lone,
        LONE_AT_ONCE,
        c -> results.put(c, together(c, task, Objects.requireNonNull(clusters.get(c)))));
    clusters.forEach((cluster, acting) ->
        Optional.ofNullable(results.get(cluster))
            .orElseGet(() -> together(cluster, task, acting))
            .forEach((pass, result) -> {
              if (result.outcome() instanceof Outcome.Unreachable) {
                lost.add(pass);
              }
              told.put(pass, new Told(Objects.requireNonNull(acting.get(pass)), result));
            }));
    return told;
  }

  private SequencedMap<HostPass, ItemResult> together(
      Together cluster, Task task, SequencedMap<HostPass, Call.OnCluster<?, ?>> acting) {
    Call.OnCluster<?, ?> first = acting.firstEntry().getValue();
    Optional<HostPass> other =
        acting.entrySet().stream()
            .filter(e -> !e.getValue().params().equals(first.params()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (other.isPresent()) {
      var results = new LinkedHashMap<HostPass, ItemResult>();
      String message =
          "the members of the cluster '"
              + cluster.name()
              + "' are given different arguments: "
              + acting.firstEntry().getKey().host.name()
              + " and "
              + other.get().host.name()
              + " do not agree";
      acting.keySet().forEach(p -> results.put(p, ItemResult.failed(message)));
      return results;
    }
    return typed(cluster, task, first.module(), acting);
  }

  private <P, S> SequencedMap<HostPass, ItemResult> typed(
      Together cluster,
      Task task,
      ClusterModule<P, S> module,
      SequencedMap<HostPass, Call.OnCluster<?, ?>> acting) {
    var own = new LinkedHashMap<HostPass, Call.OnCluster<P, S>>();
    acting.forEach((pass, call) -> {
      @SuppressWarnings("unchecked") // all calls of a task are of its one module
      var same = (Call.OnCluster<P, S>) call;
      own.put(pass, same);
    });
    var members = new LinkedHashMap<String, Optional<Call.Where>>();
    for (Host host : cluster.members(inventory)) {
      members.put(
          host.name(),
          own.entrySet().stream()
              .filter(e -> e.getKey().host.name().equals(host.name()))
              .map(e -> e.getValue().where())
              .findFirst()
              .or(() -> caller.where(task, outsiders.apply(host))));
    }
    P params = own.firstEntry().getValue().params();
    return actor.act(new ClusterGroup<>(cluster.name(), task, module, params, own, members));
  }
}
