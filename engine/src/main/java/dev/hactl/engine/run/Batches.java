package dev.hactl.engine.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The batches of {@code serial}. Foretelling takes all of them through the play at once, doing one
 * after the other; what is done once is done once in each.
 */
record Batches(List<List<HostPass>> all) {

  /** These hosts, batch by batch. */
  List<List<HostPass>> of(List<HostPass> hosts) {
    if (all.size() == 1) {
      return List.of(hosts);
    }
    var own = new ArrayList<List<HostPass>>();
    for (List<HostPass> batch : all) {
      List<HostPass> here = hosts.stream().filter(batch::contains).toList();
      if (!here.isEmpty()) {
        own.add(here);
      }
    }
    return own;
  }

  /** All hosts of the batch that this one is in. */
  List<HostPass> with(HostPass host) {
    return all.stream().filter(b -> b.contains(host)).findFirst().orElse(List.of(host));
  }
}
