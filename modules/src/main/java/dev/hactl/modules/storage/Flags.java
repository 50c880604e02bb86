package dev.hactl.modules.storage;

import java.util.List;

/** The options of a mount that the kernel shows, so that they can be compared: mount(8). */
final class Flags {
  private Flags() {}

  private static final List<String> NEGATIVE =
      List.of("nosuid", "nodev", "noexec", "noatime", "nodiratime");

  private static final List<String> POSITIVE = List.of("suid", "dev", "exec");

  /** The wanted options that a mount does not have. */
  static List<String> missing(List<String> wanted, MountEntry mount) {
    return wanted.stream().filter(o -> lacks(o, mount)).toList();
  }

  private static boolean lacks(String option, MountEntry mount) {
    if (option.equals("ro")) {
      return !mount.flags().contains("ro") && !mount.options().contains("ro");
    }
    return (NEGATIVE.contains(option) && !mount.flags().contains(option))
        || (POSITIVE.contains(option) && mount.flags().contains("no" + option));
  }
}
