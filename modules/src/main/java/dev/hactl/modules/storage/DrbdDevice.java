package dev.hactl.modules.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DRBD device that is up.
 *
 * @param minor the N of /dev/drbdN
 * @param resource its resource
 * @param role of this host: Primary, Secondary
 * @param disk state of this host's replica: UpToDate, Inconsistent, Diskless, ...
 */
record DrbdDevice(int minor, String resource, String role, String disk) {

  /** Reads {@code drbdsetup events2 --now}: the same words for DRBD 8.4 and 9, drbdsetup(8). */
  static List<DrbdDevice> parse(String events) {
    var roles = new HashMap<String, String>();
    var all = new ArrayList<DrbdDevice>();
    for (String line : events.lines().toList()) {
      Map<String, String> fields = fields(line);
      String name = fields.getOrDefault("name", "");
      if (line.startsWith("exists resource ")) {
        roles.put(name, fields.getOrDefault("role", "Unknown"));
      } else if (line.startsWith("exists device ") && fields.containsKey("minor")) {
        all.add(
            new DrbdDevice(
                Integer.parseInt(fields.get("minor")),
                name,
                roles.getOrDefault(name, "Unknown"),
                fields.getOrDefault("disk", "Unknown")));
      }
    }
    return List.copyOf(all);
  }

  private static Map<String, String> fields(String line) {
    var fields = new HashMap<String, String>();
    for (String word : line.split(" ", -1)) {
      int colon = word.indexOf(':');
      if (colon > 0) {
        fields.putIfAbsent(word.substring(0, colon), word.substring(colon + 1));
      }
    }
    return fields;
  }

  /** The minor of a device node, such as {@code /dev/drbd0}; nothing for other devices. */
  static Optional<Integer> minor(String path) {
    return path.matches("/dev/drbd\\d{1,6}")
        ? Optional.of(Integer.parseInt(path.substring("/dev/drbd".length())))
        : Optional.empty();
  }

  /**
   * Whether a running resource has a device as its disk.
   *
   * @param disks what {@link Tables#DRBD_DISKS} prints
   */
  static boolean isDisk(String disks, String path) {
    return disks.lines().anyMatch(path::equals);
  }
}
