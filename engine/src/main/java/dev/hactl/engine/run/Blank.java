package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a run will define as it goes, each unknown for now: with them every task can be
 * evaluated before the first connection, and a name that is undefined when its task is looked at
 * will be undefined when it runs.
 */
final class Blank {
  private Blank() {}

  /** What a task defines when it has run. */
  static Map<String, Value> namesOf(Task task) {
    var names = new LinkedHashMap<String, Value>();
    task.keywords()
        .register()
        .ifPresent(r ->
            names.put(r, new Value.Unknown("it needs the result of '" + task.name().text() + "'")));
    if (task.module().equals("set_fact") && task.args() instanceof Node.Mapping m) {
      m.entries()
          .forEach(
              e -> names.put(e.name(), new Value.Unknown("'" + task.name().text() + "' sets it")));
    }
    return names;
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
