package dev.hactl.cli.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where modules of the same name differ: defaults, and parameters that are not needed here. */
final class Differences {
  /** Parameters that say what hactl does anyway, each with the values for which that is so. */
  private static final Map<String, Set<String>> ANYWAY =
      Map.ofEntries(
          Map.entry("warn", Set.of("no", "false", "yes", "true", "False")),
          Map.entry("daemon_reload", Set.of("yes", "true", "True", "no", "false")),
          Map.entry("daemon-reload", Set.of("yes", "true", "True", "no", "false")),
          Map.entry("scope", Set.of("system")),
          Map.entry("unsafe_writes", Set.of("no", "false", "False")),
          Map.entry("output_encoding", Set.of("utf-8", "utf8", "UTF-8")),
          Map.entry("trim_blocks", Set.of("yes", "true", "True", "no", "false", "False")),
          Map.entry("lstrip_blocks", Set.of("yes", "true", "True", "no", "false", "False")),
          Map.entry("decrypt", Set.of("yes", "true", "True")));

  boolean means(String name, String value) {
    return ANYWAY.getOrDefault(name, Set.of()).contains(value);
  }

  /** What must be said to hactl because it takes something else where nothing is said. */
  Map<String, String> missing(String module, Set<String> given, String state) {
    var missing = new LinkedHashMap<String, String>();
    if (module.equals("sysctl") && !given.contains("sysctl_file")) {
      missing.put("sysctl_file", "/etc/sysctl.conf");
    }
    if (module.equals("apt")
        && !given.contains("policy_rc_d")
        && !state.equals("absent")
        && (given.contains("name")
            || given.contains("pkg")
            || given.contains("package")
            || given.contains("deb")
            || given.contains("upgrade"))) {
      missing.put("policy_rc_d", "0");
    }
    return missing;
  }
}
