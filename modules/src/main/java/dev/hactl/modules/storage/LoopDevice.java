package dev.hactl.modules.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A loop device of the kernel.
 *
 * @param number the N of /dev/loopN
 * @param file the image it is attached to, links resolved; empty when it is free
 * @param deleted whether that image was deleted meanwhile
 * @param offset where in the image it begins
 * @param limit how many bytes of the image it shows at most; 0 for all
 * @param autoclear whether the kernel detaches it when its last user goes
 * @param readOnly whether it cannot be written
 * @param bytes its size
 */
record LoopDevice(
    int number,
    String file,
    boolean deleted,
    long offset,
    long limit,
    boolean autoclear,
    boolean readOnly,
    long bytes) {
  private static final String GONE = " (deleted)";

  /** Its path. */
  String path() {
    return "/dev/loop" + number;
  }

  /** Whether nothing is attached. */
  boolean free() {
    return file.isEmpty();
  }

  /** Reads what {@link Tables#LOOPS} prints. */
  static List<LoopDevice> parse(String table) {
    var devices = new TreeMap<Integer, Map<String, String>>();
    for (String line : table.lines().toList()) {
      int colon = line.indexOf(':');
      if (!line.startsWith("/sys/block/loop") || colon < 0) {
        continue;
      }
      String[] path = line.substring("/sys/block/loop".length(), colon).split("/", -1);
      devices
          .computeIfAbsent(Integer.parseInt(path[0]), n -> new LinkedHashMap<>())
          .put(path[path.length - 1], line.substring(colon + 1));
    }
    var all = new ArrayList<LoopDevice>();
    devices.forEach((number, fields) -> all.add(of(number, fields)));
    return List.copyOf(all);
  }

  private static LoopDevice of(int number, Map<String, String> fields) {
    String file = fields.getOrDefault("backing_file", "");
    boolean deleted = file.endsWith(GONE);
    return new LoopDevice(
        number,
        deleted ? file.substring(0, file.length() - GONE.length()) : file,
        deleted,
        number(fields, "offset"),
        number(fields, "sizelimit"),
        fields.getOrDefault("autoclear", "0").equals("1"),
        fields.getOrDefault("ro", "0").equals("1"),
        number(fields, "size") * Size.SECTOR);
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(fields.getOrDefault(name, "0"));
  }
}
