package dev.hactl.modules.drbd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource that runs on a host, as {@code drbdsetup events2 --now --statistics} tells of it: the
 * same words for DRBD 8.4 and 9, see drbdsetup(8). A resource of several volumes is as good as the
 * worst of them.
 *
 * @param role Primary, Secondary
 * @param disk UpToDate, Inconsistent, Diskless, ...
 * @param minors of its devices
 * @param links to its peers
 */
public record Replica(
    String resource, String role, String disk, List<Integer> minors, List<Link> links) {
  /** Disk states, the worst first, see drbdsetup-9.0(8); one that is not listed is worse. */
  private static final List<String> DISKS =
      List.of(
          "Failed",
          "Diskless",
          "Detaching",
          "Attaching",
          "Negotiating",
          "DUnknown",
          "Inconsistent",
          "Outdated",
          "Consistent",
          "UpToDate");

  /** Copies the lists. */
  public Replica {
    minors = List.copyOf(minors);
    links = List.copyOf(links);
  }

  /**
   * A connection.
   *
   * @param peer the peer's name; DRBD 8.4 always says {@code peer}
   * @param connection Connected, Connecting, StandAlone, ...
   * @param role of the peer
   * @param disk of the peer
   * @param replication Established, SyncSource, SyncTarget, Off, ...
   * @param outOfSync KiB that differ
   * @param client whether the peer has no disk on purpose, as DRBD 9 allows
   */
  public record Link(
      String peer,
      String connection,
      String role,
      String disk,
      String replication,
      long outOfSync,
      boolean client) {

    boolean connected() {
      return connection.equals("Connected");
    }

    boolean syncing() {
      return replication.startsWith("Sync")
          || replication.startsWith("PausedSync")
          || replication.startsWith("WFBitMap")
          || replication.startsWith("WFSyncUUID")
          || replication.startsWith("StartingSync");
    }
  }

  boolean primary() {
    return role.equals("Primary");
  }

  /** Whether its own disk is. */
  public boolean upToDate() {
    return disk.equals("UpToDate");
  }

  /** Whether it has peers and is connected to all of them. */
  public boolean connected() {
    return !links.isEmpty() && links.stream().allMatch(Link::connected);
  }

  /** Whether data is being copied in either direction. */
  public boolean syncing() {
    return links.stream().anyMatch(Link::syncing);
  }

  /** Whether it and its peers have the same data and exchange it. */
  public boolean inSync() {
    return upToDate()
        && connected()
        && !syncing()
        && links.stream().allMatch(l -> l.client() || l.disk().equals("UpToDate"));
  }

  /** Whether a connection was given up, as after a split brain. */
  boolean standAlone() {
    return links.stream().anyMatch(l -> l.connection().equals("StandAlone"));
  }

  long outOfSync() {
    return links.stream().mapToLong(Link::outOfSync).max().orElse(0);
  }

  /** As an operator reads it. */
  public String show() {
    var words = new ArrayList<String>(List.of(role, disk));
    for (Link link : links) {
      words.add(
          link.connected()
              ? "%s to %s".formatted(link.replication(), link.disk())
              : link.connection());
    }
    return String.join(", ", words);
  }

  /**
   * All resources that run.
   *
   * @param events what drbdsetup printed
   */
  public static List<Replica> parse(String events) {
    var roles = new HashMap<String, String>();
    var devices = new HashMap<String, List<Map<String, String>>>();
    var connections = new HashMap<String, List<Map<String, String>>>();
    var peers = new HashMap<String, List<Map<String, String>>>();
    for (String line : events.lines().toList()) {
      Map<String, String> fields = fields(line);
      String name = fields.getOrDefault("name", "");
      if (line.startsWith("exists resource ")) {
        roles.put(name, fields.getOrDefault("role", "Unknown"));
      } else if (line.startsWith("exists device ")) {
        devices.computeIfAbsent(name, n -> new ArrayList<>()).add(fields);
      } else if (line.startsWith("exists connection ")) {
        connections.computeIfAbsent(name, n -> new ArrayList<>()).add(fields);
      } else if (line.startsWith("exists peer-device ")) {
        peers.computeIfAbsent(peer(fields), n -> new ArrayList<>()).add(fields);
      }
    }
    var all = new ArrayList<Replica>();
    roles.forEach((name, role) -> {
      List<Map<String, String>> volumes = devices.getOrDefault(name, List.of());
      all.add(
          new Replica(
              name,
              role,
              worst(volumes, "disk").orElse("Diskless"),
              volumes.stream()
                  .flatMap(d -> Optional.ofNullable(d.get("minor")).stream())
                  .map(Integer::valueOf)
                  .toList(),
              connections.getOrDefault(name, List.of()).stream()
                  .map(c -> link(c, peers.getOrDefault(peer(c), List.of())))
                  .toList()));
    });
    return List.copyOf(all);
  }

  private static String peer(Map<String, String> fields) {
    return fields.getOrDefault("name", "") + " " + fields.getOrDefault("peer-node-id", "");
  }

  private static Link link(Map<String, String> connection, List<Map<String, String>> volumes) {
    return new Link(
        connection.getOrDefault("conn-name", "peer"),
        connection.getOrDefault("connection", "Unknown"),
        connection.getOrDefault("role", "Unknown"),
        worst(volumes, "peer-disk").orElse("DUnknown"),
        volumes.stream()
            .map(v -> v.getOrDefault("replication", "Off"))
            .max(Comparator.comparingInt(Replica::restlessness))
            .orElse("Off"),
        volumes.stream().mapToLong(v -> Long.parseLong(v.getOrDefault("out-of-sync", "0"))).sum(),
        !volumes.isEmpty()
            && volumes.stream().allMatch(v -> v.getOrDefault("peer-client", "no").equals("yes")));
  }

  private static int restlessness(String replication) {
    return switch (replication) {
      case "Established" -> 0;
      case "Off" -> 1;
      default -> 2;
    };
  }

  private static Optional<String> worst(List<Map<String, String>> volumes, String field) {
    return volumes.stream()
        .flatMap(v -> Optional.ofNullable(v.get(field)).stream())
        .min(Comparator.comparingInt(DISKS::indexOf));
  }

  static Optional<Replica> of(String resource, List<Replica> all) {
    return all.stream().filter(r -> r.resource().equals(resource)).findFirst();
  }

  private static Map<String, String> fields(String line) {
    var fields = new HashMap<String, String>();
    for (String word : line.split(" ", -1)) {
      int colon = word.indexOf(':');
      if (colon > 0) {
        fields.putIfAbsent(word.substring(0, colon), word.substring(colon + 1));
      }
    }
    return fields;
  }
}
