package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.Play;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** In which order a play takes its hosts: matters to batches and to what runs once. */
final class HostOrder {
  private HostOrder() {}

  /**
   * The hosts in the order of the play.
   *
   * @param hosts in the order of the inventory
   * @param run its id decides how they are shuffled, so that all of a run sees the same order
   */
  static List<Host> of(Play.Order order, List<Host> hosts, String run) {
    Comparator<Host> byName = Comparator.comparing(Host::name);
    return switch (order) {
      case INVENTORY -> hosts;
      case REVERSE_INVENTORY -> hosts.reversed();
      case SORTED -> hosts.stream().sorted(byName).toList();
      case REVERSE_SORTED -> hosts.stream().sorted(byName.reversed()).toList();
      case SHUFFLE -> {
        var shuffled = new ArrayList<>(hosts);
        Collections.shuffle(shuffled, new Random(run.hashCode()));
        yield List.copyOf(shuffled);
      }
    };
  }
}
