package dev.hactl.modules.nodes;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.look.Look;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was seen of Pacemaker on one host.
 *
 * @param node what the host calls itself
 * @param tools whether there is pacemakerd
 * @param systemd whether systemd runs
 * @param membership whether corosync.conf is there
 * @param active systemd's word for the service: active, inactive, failed, ...
 * @param enabled whether it starts at boot
 * @param status of the node in the cluster; nothing when the cluster does not answer
 * @param quorate whether the partition has quorum
 * @param dc the name of the node that coordinates
 */
record NodeState(
    String node,
    boolean tools,
    boolean systemd,
    boolean membership,
    String active,
    boolean enabled,
    Optional<Status> status,
    boolean quorate,
    String dc) {

  /**
   * A node, as crm_mon(8) tells of it.
   *
   * @param pending whether it has not joined to the end
   * @param resources how many run on it
   */
  record Status(
      boolean online, boolean standby, boolean pending, boolean maintenance, int resources) {
    boolean ready() {
      return online && !pending;
    }
  }

  /** A node that starts or forms a cluster answers late. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern NODE = Pattern.compile("<node ([^<>]*?)/?>");
  private static final Pattern DC = Pattern.compile("<current_dc ([^<>]*?)/?>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  private static final String UNIT =
      """
      printf 'node %s\\n' "$(uname -n)"
      ! command -v pacemakerd > /dev/null || echo tools
      [ ! -e /etc/corosync/corosync.conf ] || echo membership
      [ -d /run/systemd/system ] || exit 0
      echo systemd
      systemctl show -p ActiveState,UnitFileState pacemaker.service |
        sed -n 's/^ActiveState=/active /p; s/^UnitFileState=/file /p'
      """;

  private static final String MON =
      CrmMon.ASK + "printf '%s\\n' \"$o\" | sed -n '/<current_dc /p; /<node /p'\n";

  static Probe<NodeState> probe() {
    return Look.at("unit", UNIT).and("mon", MON).probe(NodeState::read).shared().within(PATIENCE);
  }

  private static NodeState read(Look.Seen seen) {
    Map<String, String> unit = seen.words("unit");
    String node = unit.getOrDefault("node", "");
    String mon = seen.text("mon");
    Map<String, String> dc = new HashMap<>();
    Matcher current = DC.matcher(mon);
    if (current.find()) {
      dc = attributes(current.group(1));
    }
    return new NodeState(
        node,
        unit.containsKey("tools"),
        unit.containsKey("systemd"),
        unit.containsKey("membership"),
        unit.getOrDefault("active", "inactive"),
        unit.getOrDefault("file", "").startsWith("enabled"),
        status(node, mon),
        "true".equals(dc.get("with_quorum")),
        dc.getOrDefault("name", ""));
  }

  private static Optional<Status> status(String node, String mon) {
    Matcher m = NODE.matcher(mon);
    while (m.find()) {
      Map<String, String> a = attributes(m.group(1));
      if (node.equals(a.get("name")) && a.containsKey("online")) {
        return Optional.of(
            new Status(
                "true".equals(a.get("online")),
                "true".equals(a.get("standby")),
                "true".equals(a.get("pending")),
                "true".equals(a.get("maintenance")),
                Integer.parseInt(a.getOrDefault("resources_running", "0"))));
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> attributes(String text) {
    var all = new HashMap<String, String>();
    Matcher m = ATTRIBUTE.matcher(text);
    while (m.find()) {
      all.put(m.group(1), m.group(2));
    }
    return all;
  }

  boolean runs() {
    return active.equals("active");
  }

  boolean ready() {
    return runs() && status.filter(Status::ready).isPresent();
  }

  boolean standby() {
    return status.filter(Status::standby).isPresent();
  }

  int resources() {
    return status.map(Status::resources).orElse(0);
  }

  String quoted() {
    return Sh.quote(node);
  }
}
