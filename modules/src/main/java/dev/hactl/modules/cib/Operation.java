package dev.hactl.modules.cib;

import dev.hactl.engine.source.Near;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An action of a resource as wanted.
 *
 * @param name {@code monitor}, {@code start}, {@code stop}, ...
 * @param settings {@code interval timeout role on-fail enabled ...}; what Pacemaker does not know
 *     goes to the agent
 */
public record Operation(String name, List<Setting> settings) {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "interval",
          "timeout",
          "role",
          "on-fail",
          "enabled",
          "start-delay",
          "interval-origin",
          "record-pending",
          "description");

  /** Copies the list. */
  public Operation {
    settings = List.copyOf(settings);
  }

  /** What Pacemaker reads, the interval always among it: 60 s for a monitor, 0 otherwise. */
  Map<String, String> attributes(Vocabulary words) {
    var map = new LinkedHashMap<String, String>();
    map.put("interval", name.equals("monitor") ? "60s" : "0s");
    for (Setting setting : settings) {
      if (ATTRIBUTES.contains(setting.name()) && !setting.isGone()) {
        boolean role = setting.name().equals("role");
        map.put(setting.name(), role ? words.role(setting.text()) : setting.text());
      }
    }
    return map;
  }

  /** What a setting was meant to be that is no attribute of an action and looks like one. */
  public static Optional<String> meant(String setting) {
    return ATTRIBUTES.contains(setting) ? Optional.empty() : Near.name(setting, ATTRIBUTES);
  }

  /** What the agent gets with this action, such as {@code OCF_CHECK_LEVEL}. */
  List<Setting> forAgent() {
    return settings.stream().filter(s -> !ATTRIBUTES.contains(s.name())).toList();
  }

  /**
   * The actions a task names, and a monitor when it names none: a resource that nobody looks at
   * never fails over. pcs does the same.
   *
   * @param promotable whether the resource has two roles, which are looked at separately and at
   *     different intervals
   */
  public static List<Operation> watched(List<Operation> named, boolean promotable) {
    if (named.stream().anyMatch(o -> o.name().equals("monitor"))) {
      return named;
    }
    var all = new ArrayList<>(named);
    if (promotable) {
      all.add(monitor(Setting.of("interval", "59s"), Setting.of("role", "Promoted")));
      all.add(monitor(Setting.of("interval", "60s"), Setting.of("role", "Unpromoted")));
    } else {
      all.add(monitor(Setting.of("interval", "60s")));
    }
    return List.copyOf(all);
  }

  private static Operation monitor(Setting... settings) {
    return new Operation("monitor", List.of(settings));
  }
}
