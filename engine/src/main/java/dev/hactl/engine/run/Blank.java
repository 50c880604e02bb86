package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a run will define as it goes, each unknown for now: with them every task can be
 * evaluated before the first connection, and a name that is still undefined never will be.
 */
final class Blank {
  private Blank() {}

  static Map<String, Value> names(List<PlayScope> plays) {
    var names = new LinkedHashMap<String, Value>();
    for (PlayScope scope : plays) {
      scope
          .play()
          .all()
          .forEach(task -> {
            task.keywords()
                .register()
                .ifPresent(r ->
                    names.put(
                        r,
                        new Value.Unknown("it needs the result of '" + task.name().text() + "'")));
            facts(task, names);
          });
    }
    return names;
  }

  private static void facts(Task task, Map<String, Value> names) {
    if (task.module().equals("set_fact") && task.args() instanceof Node.Mapping m) {
      m.entries()
          .forEach(
              e -> names.put(e.name(), new Value.Unknown("'" + task.name().text() + "' sets it")));
    }
  }

  /** Facts, unknown. */
  static Map<String, Value> facts() {
    var names = new LinkedHashMap<String, Value>();
    for (String name :
        List.of(
            "facts",
            "hostname",
            "fqdn",
            "nodename",
            "distribution",
            "distribution_version",
            "distribution_major_version",
            "distribution_release",
            "os_family",
            "kernel",
            "architecture",
            "machine",
            "processor_vcpus",
            "memtotal_mb",
            "memfree_mb",
            "swaptotal_mb",
            "default_ipv4",
            "all_ipv4_addresses",
            "interfaces",
            "mounts",
            "service_mgr",
            "pkg_mgr")) {
      names.put("ansible_" + name, new Value.Unknown("facts are read from the host"));
    }
    return names;
  }
}
