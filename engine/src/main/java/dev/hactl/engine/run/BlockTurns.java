package dev.hactl.engine.run;

import dev.hactl.engine.model.Block;
import dev.hactl.engine.model.Item;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Footprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes hosts through a block. A host whose task fails leaves the block there; the others go to its
 * end, then the rescue is run where it is needed, then what is always run.
 */
final class BlockTurns {
  private final Flow flow;
  private final boolean foretells;
  private final Predicate<Task> selected;
  private final Lists lists;

  /**
   * A runner of blocks.
   *
   * @param selected whether a task is to run
   * @param lists runs what stands in a block
   */
  BlockTurns(Flow flow, boolean foretells, Predicate<Task> selected, Lists lists) {
    this.flow = flow;
    this.foretells = foretells;
    this.selected = selected;
    this.lists = lists;
  }

  /** Runs lists of tasks. */
  interface Lists {
    /** One task or block after the other. */
    void items(List<Item> items, List<HostPass> hosts, Region region);

    /** All of them as one. */
    void transaction(List<Task> tasks, List<HostPass> hosts, Region region);
  }

  /** Takes the hosts through the block. */
  void run(Block block, List<HostPass> hosts, Region region) {
    if (hosts.isEmpty() && region.possibly().isEmpty()) {
      return;
    }
    boolean rescues = !tasks(block.rescue()).isEmpty();
    Region inside = rescues ? region.in(block.rescuesUnreachable()) : region;
    List<HostPass> stirred = hosts.stream().filter(p -> p.stirs).toList();
    List<HostPass> acted = hosts.stream().filter(p -> p.acts).toList();
    for (HostPass pass : hosts) {
      pass.stirs = false;
      pass.acts = false;
    }
    if (block.transaction().isPresent()) {
      lists.transaction(tasks(block.items()), hosts, inside);
    } else {
      lists.items(block.items(), hosts, inside);
    }
    if (rescues && !flow.cancelled() && !flow.ended) {
      rescue(block, hosts, region);
    }
    stirred.forEach(p -> p.stirs = true);
    acted.forEach(p -> p.acts = true);
    if (!block.always().isEmpty() && !flow.cancelled() && !flow.ended) {
      always(block, hosts, region);
    }
  }

  private List<Task> tasks(List<Item> section) {
    return Block.flat(section).stream().filter(selected).toList();
  }

  private void rescue(Block block, List<HostPass> hosts, Region region) {
    List<HostPass> needy =
        hosts.stream()
            .filter(HostPass::awaited)
            .filter(p -> p.state == HostPass.State.FAILED || block.rescuesUnreachable())
            .toList();
    var possibly = new LinkedHashMap<>(region.possibly());
    if (foretells) {
      // What has nothing to do on a host cannot fail there.
      Flow.active(hosts).forEach(p -> possibly.put(p, p.stirs || p.acts));
    }
    possibly.forEach((pass, may) -> {
      if (may) {
        Stumble.unknown().forEach(pass.names::set);
      }
    });
    for (HostPass pass : needy) {
      if (foretells && !pass.forecast.untouched()) {
        // What is foretold to fail may be made possible by the changes before it.
        String name = block.name().isEmpty() ? "the block" : block.name();
        pass.forecast.expect(name, Footprint.unknown());
      }
      Optional.ofNullable(pass.stumble).ifPresent(s -> s.names().forEach(pass.names::set));
      pass.comeBack();
    }
    flow.besides(() -> lists.items(block.rescue(), needy, region.with(possibly)));
  }

  /** Also on hosts that failed: they stay failed. */
  private void always(Block block, List<HostPass> hosts, Region region) {
    var failed = new LinkedHashMap<HostPass, Stumble>();
    for (HostPass pass : hosts) {
      if (pass.state == HostPass.State.FAILED && pass.stumble != null) {
        failed.put(pass, pass.stumble);
        pass.state = HostPass.State.ACTIVE;
        pass.stumble = null;
      }
    }
    flow.besides(() -> lists.items(block.always(), Flow.active(hosts), region));
    failed.forEach((pass, stumble) -> {
      if (pass.active()) {
        pass.state = HostPass.State.FAILED;
        pass.stumble = stumble;
      }
    });
  }
}
