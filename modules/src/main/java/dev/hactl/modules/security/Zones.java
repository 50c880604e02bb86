package dev.hactl.modules.security;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.modules.text.Sections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All zones of firewalld: as they run, and as they are kept.
 *
 * @param installed whether firewall-cmd is there
 * @param running whether firewalld runs
 * @param byDefault the zone that is meant when none is named
 * @param runtime zones by name
 * @param permanent zones by name
 */
record Zones(
    boolean installed,
    boolean running,
    String byDefault,
    Map<String, Zone> runtime,
    Map<String, Zone> permanent) {

  /** One zone: its properties as {@code --list-all} names them, each a list of values. */
  record Zone(Map<String, List<String>> properties) {
    List<String> values(String property) {
      return properties.getOrDefault(property, List.of());
    }
  }

  private static final String MARK = "hactl-zones";

  /** One question for all tasks: every call of firewall-cmd costs a start of Python. */
  private static final String TEXT =
      "command -v firewall-cmd >/dev/null 2>&1 || exit 0\n"
          + Sections.mark(MARK, "default")
          + "sed -n 's/^DefaultZone=//p' /etc/firewalld/firewalld.conf\n"
          + "if run=$(firewall-cmd --list-all-zones 2>/dev/null </dev/null); then\n"
          + Sections.mark(MARK, "runtime")
          + "printf '%s\\n' \"$run\"\n"
          + Sections.mark(MARK, "permanent")
          + "firewall-cmd --permanent --list-all-zones </dev/null\nelse\n"
          + Sections.mark(MARK, "permanent")
          + "firewall-offline-cmd --list-all-zones </dev/null\nfi\n"
          + Sections.mark(MARK, "end");

  static Probe<Zones> probe() {
    return Probe.sh(TEXT, Zones::parse).within(Duration.ofSeconds(60));
  }

  static Zones parse(Answer answer) {
    Sections sections = Sections.of(MARK, answer.bytes());
    if (answer.isMissing()) {
      throw new UnreadableAnswer("firewalld could not be asked");
    }
    Optional<String> runtime = sections.get("runtime");
    return new Zones(
        sections.get("default").isPresent(),
        runtime.isPresent(),
        sections.body("default").strip().isEmpty() ? "public" : sections.body("default").strip(),
        zones(runtime.orElse("")),
        zones(sections.body("permanent")));
  }

  /**
   * {@code --list-all-zones}: a zone at the margin, a property two blanks in, long values by tab.
   */
  private static Map<String, Zone> zones(String text) {
    var zones = new LinkedHashMap<String, Zone>();
    Map<String, List<String>> properties = new HashMap<>();
    List<String> values = new ArrayList<>();
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      if (line.startsWith("\t") || line.startsWith("    ")) {
        values.add(line.strip());
      } else if (line.startsWith("  ") && line.contains(":")) {
        int colon = line.indexOf(':');
        String property = line.substring(2, colon);
        String rest = line.substring(colon + 1).strip();
        // Only rich rules hold blanks; their first line may stand behind the name in old versions.
        values = new ArrayList<>();
        if (!rest.isEmpty()) {
          values.addAll(
              property.equals("rich rules") ? List.of(rest) : List.of(rest.split(" +", -1)));
        }
        properties.put(property, values);
      } else if (!line.startsWith(" ")) {
        properties = new HashMap<>();
        zones.put(line.split(" ", 2)[0], new Zone(properties));
      }
    }
    return zones;
  }
}
