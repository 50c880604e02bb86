package dev.hactl.modules.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything about a host that a module may change, as one sorted table: a line of the look for
 * each file, unit, mount, kernel name and process.
 *
 * @param facts what is there, by kind and name
 */
record Fingerprint(SortedMap<String, String> facts) {

  /**
   * The look. A file's time of change moves with every write and every change of owner or mode, so
   * contents need not be read to see that something was touched.
   */
  static final String LOOK =
      """
      : contract-look
      find /etc /usr/local /root /home /srv /opt /var -xdev \
        -type d -printf 'file %p\\t%y %m %u:%g\\t%C@ %T@\\0' -o \
        -printf 'file %p\\t%y %m %u:%g %s %l\\t%C@ %T@\\0'
      systemctl list-units --all --plain --no-legend --no-pager | while read -r u l a s d; do
        printf 'unit %s\\t%s %s %s\\t\\0' "$u" "$l" "$a" "$s"
      done
      while read -r i p d r m o rest; do
        case $m in /proc* | /sys* | /dev*) ;; *) printf 'mount %s\\t%s\\t\\0' "$m" "$r" ;; esac
      done < /proc/self/mountinfo
      printf 'kernel hostname\\t%s\\t\\0' "$(cat /proc/sys/kernel/hostname)"
      for p in /proc/[0-9]*; do
        c=$(tr '\\0' ' ' < "$p/cmdline" 2> /dev/null) && [ -n "$c" ] || continue
        printf 'process %s\\t\\t%s\\0' "$c" "${p#/proc/}"
      done
      """;

  /** Reads the look's output. */
  static Fingerprint parse(String output) {
    var facts = new TreeMap<String, String>();
    for (String line : output.split("\0", -1)) {
      int tab = line.indexOf('\t');
      if (tab < 0) {
        continue;
      }
      String name = line.substring(0, tab);
      if (!ignored(name)) {
        facts.put(name, line.substring(tab + 1));
      }
    }
    return new Fingerprint(facts);
  }

  private static boolean ignored(String name) {
    String rest = name.substring(name.indexOf(' ') + 1);
    return switch (name.substring(0, name.indexOf(' '))) {
      case "file" -> Volatile.path(rest);
      case "unit" -> Volatile.unit(rest);
      case "process" -> Volatile.process(rest);
      default -> false;
    };
  }

  /** Every difference, times of change included: what a look may not leave behind. */
  List<String> touched(Fingerprint later) {
    return differences(later, true);
  }

  /** The differences that are not only times of change or numbers of processes. */
  List<String> changed(Fingerprint later) {
    return differences(later, false);
  }

  private List<String> differences(Fingerprint later, boolean times) {
    var names = new TreeSet<>(facts.keySet());
    names.addAll(later.facts.keySet());
    var lines = new ArrayList<String>();
    for (String name : names) {
      // A running process is there or not; which number it has says nothing.
      boolean timed = times && !name.startsWith("process ");
      String before = fact(facts.get(name), timed);
      String after = fact(later.facts.get(name), timed);
      // A directory's times follow what is in it, which is listed itself.
      if (!before.equals(after)) {
        lines.add(name + "\n      - " + before + "\n      + " + after);
      }
    }
    return lines;
  }

  private static String fact(String columns, boolean timed) {
    if (columns == null) {
      return "(none)";
    }
    return timed ? columns : columns.substring(0, columns.indexOf('\t'));
  }

  /** The paths that differ in any way. */
  List<String> paths(Fingerprint later) {
    var paths = new ArrayList<String>();
    for (String line : touched(later)) {
      String name = line.lines().findFirst().orElse("");
      if (name.startsWith("file ")) {
        paths.add(name.substring("file ".length()));
      }
    }
    return paths;
  }

  /** The units whose state differs, with the state they have here. */
  SortedMap<String, String> units(Fingerprint later) {
    var units = new TreeMap<String, String>();
    var names = new TreeSet<>(facts.keySet());
    names.addAll(later.facts.keySet());
    for (String name : names) {
      String before = fact(facts.get(name), false);
      if (name.startsWith("unit ") && !before.equals(fact(later.facts.get(name), false))) {
        units.put(name.substring("unit ".length()), before);
      }
    }
    return units;
  }

  /** A process that is here and not there: its number. */
  List<String> processesSince(Fingerprint earlier) {
    return facts.entrySet().stream()
        .filter(e -> e.getKey().startsWith("process "))
        .filter(e -> !earlier.facts.containsKey(e.getKey()))
        .map(e -> e.getValue().substring(e.getValue().indexOf('\t') + 1))
        .toList();
  }
}
