package dev.hactl.engine.run;

import dev.hactl.engine.model.Block;
import dev.hactl.engine.model.Item;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.report.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the hosts of one batch through a play in Ansible's linear order: a task ends on all hosts
 * before the next one begins anywhere, and each part of the play with the handlers that were
 * notified.
 */
final class PlayRunner implements HandlerTurns.Turn, BlockTurns.Lists {
  private final PlayScope scope;
  private final List<HostPass> passes;
  private final TaskTurn turn;
  private final Prefetch prefetch;
  private final HandlerTurns handlers;
  private final Batches batches;
  private final Teller teller;
  private final RunOptions options;
  private final Flow flow;
  private final BlockTurns blocks;
  private final boolean foretells;
  private final Set<Integer> selected = new HashSet<>();

  private Optional<String> why = Optional.empty();

  /** What handlers need. */
  record Handling(TaskRunner runner, HandlerNotes notes) {}

  /** How the run goes on after a batch. */
  enum Ending {
    /** With the next batch. */
    DONE,
    /** With the next play. */
    ENDED,
    /** Not at all. */
    STOPPED
  }

  PlayRunner(
      PlayScope scope,
      List<Task> tasks,
      List<HostPass> passes,
      TaskTurn turn,
      Prefetch prefetch,
      Handling handling,
      Batches batches,
      Teller teller,
      RunOptions options,
      RunControl control,
      boolean foretells) {
    this.scope = scope;
    this.passes = passes;
    this.turn = turn;
    this.prefetch = prefetch;
    this.batches = batches;
    this.teller = teller;
    this.options = options;
    this.flow = new Flow(control);
    this.foretells = foretells;
    tasks.forEach(t -> selected.add(t.id()));
    this.blocks = new BlockTurns(flow, foretells, t -> selected.contains(t.id()), this);
    this.handlers =
        new HandlerTurns(
            scope.play().handlers(), handling.runner(), handling.notes(), teller, this);
  }

  /**
   * Runs the play.
   *
   * @return how the run goes on
   */
  Ending run() {
    handlers.leftovers(passes);
    for (List<Item> section : scope.play().sections()) {
      items(section, Flow.active(passes), Region.OUTERMOST);
      if (!flow.stopped) {
        handlers.atEnd(passes, false);
      }
    }
    if (options.mode().forceHandlers() || scope.play().forceHandlers()) {
      flow.besides(() -> handlers.atEnd(passes, true));
    }
    passes.stream().filter(HostPass::awaited).forEach(PassCounts::notRescued);
    why.ifPresent(w -> teller.emit(new Event.PlayStopped(w)));
    boolean nobody = passes.stream().allMatch(HostPass::bad);
    if (flow.stopped || nobody || flow.cancelled()) {
      return Ending.STOPPED;
    }
    return flow.ended ? Ending.ENDED : Ending.DONE;
  }

  @Override
  public void items(List<Item> items, List<HostPass> hosts, Region region) {
    for (Item item : items) {
      if (flow.over()) {
        return;
      }
      switch (item) {
        case Task t -> {
          if (selected.contains(t.id())) {
            prefetch.at(t);
            task(t, Flow.active(hosts, t), TaskTurn.Role.TASK, region.of(t));
          }
        }
        case Block b -> blocks.run(b, Flow.active(hosts, b), region.of(b));
      }
    }
  }

  @Override
  public void transaction(List<Task> all, List<HostPass> hosts, Region region) {
    if (all.isEmpty()) {
      return;
    }
    prefetch.at(all.getFirst());
    var ends = turn.transaction(all, hosts, region);
    Task last =
        all.stream()
            .filter(t ->
                ends.getOrDefault(t, Map.of()).values().stream()
                    .anyMatch(e -> e.failed() || e.lost()))
            .findFirst()
            .orElse(all.getLast());
    judge(last, ends.getOrDefault(last, Map.of()));
  }

  @Override
  public void task(Task task, List<HostPass> hosts, TaskTurn.Role role, Region region) {
    if ((hosts.isEmpty() && region.possibly().isEmpty()) || flow.cancelled()) {
      return;
    }
    Map<HostPass, TaskEnd> ends = turn.of(task, hosts, role, region);
    judge(task, ends);
    steer(ends, region);
  }

  @Override
  public boolean stops() {
    return flow.stopped || flow.cancelled();
  }

  private void steer(Map<HostPass, TaskEnd> ends, Region region) {
    var flush = new ArrayList<HostPass>();
    for (var entry : ends.entrySet()) {
      Optional<Control.Meta> steer = entry.getValue().steer();
      if (steer.isEmpty()) {
        continue;
      }
      switch (steer.get()) {
        case FLUSH_HANDLERS -> flush.add(entry.getKey());
        case END_PLAY -> flow.ended = true;
        case END_BATCH ->
            Flow.active(batches.with(entry.getKey())).forEach(p -> p.state = HostPass.State.ENDED);
        case END_HOST -> entry.getKey().state = HostPass.State.ENDED;
        case END_ROLE -> entry.getKey().rolesLeft.add(entry.getValue().task());
        case CLEAR_HOST_ERRORS ->
            passes.stream()
                .filter(p -> p.bad() && !p.awaited() && p.link.known())
                .forEach(HostPass::comeBack);
        case RESET_CONNECTION, NOOP -> {}
      }
    }
    if (!flush.isEmpty() && !flow.over()) {
      handlers.flush(flush, region);
    }
  }

  /**
   * A pair stops as one: a failure that nothing rescues ends the play for all hosts, unless the
   * task says otherwise.
   */
  private void judge(Task task, Map<HostPass, TaskEnd> ends) {
    List<String> bad =
        passes.stream()
            .filter(ends::containsKey)
            .filter(p -> p.bad() && !p.awaited())
            .map(p -> p.host.name())
            .toList();
    if (bad.isEmpty() || (foretells && options.check())) {
      return;
    }
    boolean nobody = passes.stream().allMatch(p -> p.bad() && !p.awaited());
    if (task.keywords().anyErrorsFatal() || task.keywords().runOnce() || nobody) {
      flow.stopped = true;
      if (passes.size() > bad.size()) {
        why =
            Optional.of(
                "'"
                    + task.title()
                    + "' failed on "
                    + String.join(", ", bad)
                    + ", so no host goes on");
      }
    }
  }
}
