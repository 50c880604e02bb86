package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.look.Look;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who uses a mounted file system.
 *
 * @param names processes with their numbers, loop devices, swap files
 */
record MountUsers(List<String> names) {
  private static final Pattern LINK = Pattern.compile("/proc/(\\d+)/\\S+ -> (.*)");
  private static final Pattern COMM = Pattern.compile("/proc/(\\d+)/comm:(.*)");

  /** The links of /proc name the files without touching them. */
  static Probe<MountUsers> probe(String path) {
    return Look.at(
            "links",
            "find /proc/[0-9]*/cwd /proc/[0-9]*/root /proc/[0-9]*/exe /proc/[0-9]*/fd"
                + " -maxdepth 1 -type l -exec ls -ld {} + 2> /dev/null | grep -F -- "
                + Sh.quote(" -> " + path)
                + " || :")
        .and("names", "grep -asH '' /proc/[0-9]*/comm || :")
        .and("loops", Tables.LOOPS)
        .and("swaps", Tables.SWAPS)
        .probe(s -> read(path, s));
  }

  private static MountUsers read(String path, Look.Seen seen) {
    Map<String, String> comm = new HashMap<>();
    seen.text("names")
        .lines()
        .map(COMM::matcher)
        .filter(Matcher::matches)
        .forEach(m -> comm.put(m.group(1), m.group(2)));
    var users = new LinkedHashSet<String>();
    seen.text("links")
        .lines()
        .map(LINK::matcher)
        .filter(Matcher::find)
        .filter(m -> MountEntry.inside(m.group(2).replaceFirst(" \\(deleted\\)$", ""), path))
        .forEach(
            m -> users.add(comm.getOrDefault(m.group(1), "process") + " (" + m.group(1) + ")"));
    LoopDevice.parse(seen.text("loops")).stream()
        .filter(l -> !l.free() && MountEntry.inside(l.file(), path))
        .forEach(l -> users.add(l.path() + " (" + l.file() + ")"));
    seen.text("swaps")
        .lines()
        .map(l -> MountEntry.unescaped(l.replaceFirst("\\s.*", "")))
        .filter(f -> MountEntry.inside(f, path))
        .forEach(f -> users.add("swap file " + f));
    return new MountUsers(List.copyOf(users));
  }
}
