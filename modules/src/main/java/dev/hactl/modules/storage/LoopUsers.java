package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.modules.look.Look;
import java.util.List;
import java.util.Optional;

/**
 * Everything that may use a block device.
 *
 * @param mounts every mount
 * @param swaps the table of swap areas
 * @param holders {@code /sys/class/block/X/holders/Y} lines
 * @param drbd the disks of running DRBD resources
 */
record LoopUsers(List<MountEntry> mounts, String swaps, List<String> holders, String drbd) {

  /** Looks at all of it. */
  static Probe<LoopUsers> probe() {
    return Look.at("mounts", Tables.MOUNTS)
        .and("swaps", Tables.SWAPS)
        .and(
            "holders",
            "for h in /sys/class/block/loop*/holders/*; do [ ! -e \"$h\" ] || echo \"$h\"; done")
        .and("drbd", Tables.DRBD_DISKS)
        .probe(s ->
            new LoopUsers(
                MountEntry.parse(s.text("mounts")),
                s.text("swaps"),
                s.text("holders").lines().toList(),
                s.text("drbd")));
  }

  /** What uses a loop device. */
  Optional<String> of(LoopDevice device) {
    String node = "7:" + device.number();
    Optional<String> mounted =
        mounts.stream()
            .filter(m -> m.device().equals(node))
            .map(m -> "it is mounted at " + m.point())
            .findFirst();
    if (mounted.isPresent()) {
      return mounted;
    }
    if (swaps.lines().anyMatch(l -> l.startsWith(device.path() + " "))) {
      return Optional.of("it is a swap area");
    }
    if (DrbdDevice.isDisk(drbd, device.path())) {
      return Optional.of("a DRBD resource has it as its disk");
    }
    return holders.stream()
        .filter(h -> h.matches("/sys/class/block/loop" + device.number() + "(p\\d+)?/holders/.*"))
        .map(h -> h.substring(h.lastIndexOf('/') + 1) + " lies on it")
        .findFirst();
  }
}
