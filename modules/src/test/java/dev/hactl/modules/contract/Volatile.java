package dev.hactl.modules.contract;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What changes on a host by itself, without anybody applying anything. Every entry says why it is
 * here; a new one needs a reason as good as these.
 */
final class Volatile {
  private Volatile() {}

  private record Entry(Pattern path, String reason) {
    static Entry of(String path, String reason) {
      return new Entry(Pattern.compile(path, Pattern.DOTALL), reason);
    }
  }

  private static final List<Entry> PATHS =
      List.of(
          Entry.of("/var/log(/.*)?", "daemons and logins write their logs"),
          Entry.of("/var/lib/systemd/.*", "time stamps of timers, random seed"),
          Entry.of("/var/lib/private/systemd.*", "state of systemd's own daemons"),
          Entry.of("/var/tmp/systemd-private-.*", "private directories of running units"),
          Entry.of("/var/cache/ldconfig/aux-cache", "ldconfig runs after packages"),
          Entry.of("/var/cache/(apt|dnf|man|debconf)(/.*)?", "caches are rebuilt from other state"),
          Entry.of("/var/lib/apt/lists/auxfiles", "apt makes this empty directory in passing"),
          Entry.of("/var/lib/dnf/.*", "dnf's history of its own calls"),
          Entry.of("/var/lib/rpm/.*-(shm|wal)", "SQLite's shared memory, touched by readers too"),
          Entry.of("/var/lib/dpkg/(lock.*|triggers/Lock)", "lock files are touched, not changed"),
          Entry.of("/etc/(mtab|ld\\.so\\.cache)", "made by the kernel and ldconfig"),
          Entry.of("/etc/(passwd|group|shadow|gshadow|subuid|subgid)-", "backups of the last edit"),
          Entry.of("/etc/\\.pwd\\.lock", "the lock of every account tool"),
          Entry.of("/var/lib/hactl(/.*)?", "hactl's own notes: empty folders stay"));

  private static final List<Entry> UNITS =
      List.of(
          Entry.of("(apt|dpkg|e2scrub|fstrim|logrotate|man-db|motd|systemd-tmpfiles).*", "timers"),
          Entry.of("(session|user|user-runtime-dir)[-@].*", "logins of the test itself"),
          Entry.of("ssh@.*", "connections of the test itself"),
          Entry.of("systemd-(timedated|hostnamed|localed|udevd|journal).*", "started when asked"),
          Entry.of("(dev|sys|run|proc|tmp)-.*", "devices and mounts of the kernel"));

  private static final List<Entry> PROCESSES =
      List.of(
          Entry.of("sshd.*|\\(sd-pam\\)|systemd --user.*", "connections of the test itself"),
          Entry.of("(/lib|/usr/lib)/systemd/systemd-.*", "started by systemd when asked"),
          Entry.of("(sh|find|sort|docker).*contract-look.*", "the look itself"));

  static boolean path(String path) {
    return matches(PATHS, path);
  }

  static boolean unit(String unit) {
    return matches(UNITS, unit);
  }

  static boolean process(String commandLine) {
    return matches(PROCESSES, commandLine);
  }

  private static boolean matches(List<Entry> entries, String text) {
    return entries.stream().anyMatch(e -> e.path().matcher(text).matches());
  }
}
