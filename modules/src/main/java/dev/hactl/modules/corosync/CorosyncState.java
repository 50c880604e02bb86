package dev.hactl.modules.corosync;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.storage.Tables;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was seen of Corosync on one member.
 *
 * @param node what the host calls itself
 * @param tools whether there is corosync
 * @param systemd whether systemd runs
 * @param conf the text of corosync.conf, if there is one
 * @param key SHA-256 of the key; empty when there is none
 * @param active whether the service runs
 * @param enabled whether it starts at boot
 * @param pacemaker whether Pacemaker runs
 * @param running its settings and runtime values; empty when it does not run
 * @param quorate whether this member is part of a quorate partition
 * @param resources whether the cluster's configuration holds any resource
 * @param primary whether DRBD is Primary here
 * @param addresses of the host
 */
record CorosyncState(
    String node,
    boolean tools,
    boolean systemd,
    Optional<String> conf,
    String key,
    boolean active,
    boolean enabled,
    boolean pacemaker,
    Map<String, String> running,
    boolean quorate,
    boolean resources,
    boolean primary,
    String addresses) {

  /** Copies the map. */
  CorosyncState {
    running = Map.copyOf(running);
  }

  /** While a membership forms, its tools answer late. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String HEAD =
      """
      printf 'node %s\\n' "$(uname -n)"
      ! command -v corosync > /dev/null || echo tools
      if [ -d /run/systemd/system ]; then
        echo systemd
        systemctl show -p Id,ActiveState,UnitFileState corosync.service pacemaker.service |
          sed -n 's/^Id=/unit /p; s/^ActiveState=/active /p; s/^UnitFileState=/file /p'
      fi
      """;

  private static final String KEY =
      "[ ! -e " + CorosyncWish.KEY + " ] || sha256sum < " + CorosyncWish.KEY;

  private static final String CONF =
      "f=" + CorosyncWish.CONF + "; [ ! -e \"$f\" ] || { echo there; cat \"$f\"; }";

  private static final String MAP =
      """
      command -v corosync-cmapctl > /dev/null || exit 0
      timeout 8 corosync-cmapctl 2> /dev/null |
        grep -E '^(totem|nodelist|quorum|logging|runtime\\.members|runtime\\.votequorum)\\.' || :
      """;

  private static final String QUORUM =
      """
      command -v corosync-quorumtool > /dev/null || exit 0
      timeout 8 corosync-quorumtool -s 2> /dev/null | grep -E '^Quorate:' || :
      """;

  static Probe<CorosyncState> probe(CorosyncWish wish) {
    boolean networks = wish.links().stream().anyMatch(l -> !l.network().isEmpty());
    return Look.at("head", HEAD)
        .and("key", KEY)
        .and("conf", CONF)
        .and("map", MAP)
        .and("quorum", QUORUM)
        .and("cib", Tables.CIB)
        .and("drbd", "grep -s -m 1 -o 'ro:Primary' /proc/drbd || :")
        .and("addresses", networks ? MemberAddresses.ASK : ":")
        .probe(CorosyncState::read)
        .shared()
        .within(PATIENCE);
  }

  private static CorosyncState read(Look.Seen seen) {
    Map<String, String> head = seen.words("head");
    String units = seen.text("head");
    String conf = seen.text("conf");
    String key = seen.text("key");
    return new CorosyncState(
        head.getOrDefault("node", ""),
        head.containsKey("tools"),
        head.containsKey("systemd"),
        conf.startsWith("there\n")
            ? Optional.of(conf.substring("there\n".length()))
            : Optional.empty(),
        key.length() < 64 ? "" : key.substring(0, 64),
        unit(units, "corosync.service", "active").equals("active"),
        unit(units, "corosync.service", "file").startsWith("enabled"),
        unit(units, "pacemaker.service", "active").equals("active"),
        ConfFile.map(seen.text("map")),
        seen.text("quorum").contains("Yes"),
        seen.text("cib").contains("<primitive"),
        !seen.text("drbd").isBlank(),
        seen.text("addresses"));
  }

  /** A property in the block of a unit; systemctl prints them in an order of its own. */
  private static String unit(String text, String unit, String name) {
    String[] blocks = text.split("(?m)^(?=unit )", -1);
    for (String block : blocks) {
      if (block.startsWith("unit " + unit + "\n")) {
        return block
            .lines()
            .filter(l -> l.startsWith(name + " "))
            .map(l -> l.substring(name.length() + 1))
            .findFirst()
            .orElse("");
      }
    }
    return "";
  }

  boolean runs() {
    return active && !running.isEmpty();
  }

  /** The ids of the members that it sees. */
  Set<String> members() {
    return running.entrySet().stream()
        .filter(e -> e.getKey().startsWith("runtime.members.") && e.getKey().endsWith(".status"))
        .filter(e -> e.getValue().equals("joined"))
        .map(e -> e.getKey().split("\\.", -1)[2])
        .collect(Collectors.toSet());
  }

  /** Whether it is a cluster of nothing: only itself, as a package starts it, without resources. */
  boolean lonely() {
    return runs() && members().size() < 2 && !resources;
  }

  static Thing[] things() {
    return new Thing[] {
      Thing.path(CorosyncWish.CONF), Thing.path(CorosyncWish.KEY), Thing.unit("corosync.service")
    };
  }
}
