package dev.hactl.modules.drbd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource that runs on a host, as {@code drbdsetup events2 --now --statistics} tells of it: the
 * same words for DRBD 8.4 and 9, see drbdsetup(8).
 *
 * @param role Primary, Secondary
 * @param disk UpToDate, Inconsistent, Diskless, ...
 * @param minor of its device; -1 when it has none
 * @param links to its peers
 */
public record Replica(String resource, String role, String disk, int minor, List<Link> links) {

  /** Copies the list. */
  public Replica {
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
   */
  public record Link(
      String peer,
      String connection,
      String role,
      String disk,
      String replication,
      long outOfSync) {

    boolean connected() {
      return connection.equals("Connected");
    }

    boolean syncing() {
      return replication.startsWith("Sync")
          || replication.startsWith("PausedSync")
          || replication.startsWith("WFBitMap")
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
        && links.stream().allMatch(l -> l.disk().equals("UpToDate"));
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
    var devices = new HashMap<String, Map<String, String>>();
    var connections = new HashMap<String, List<Map<String, String>>>();
    var peers = new HashMap<String, Map<String, String>>();
    for (String line : events.lines().toList()) {
      Map<String, String> fields = fields(line);
      String name = fields.getOrDefault("name", "");
      String peer = name + " " + fields.getOrDefault("peer-node-id", "");
      if (line.startsWith("exists resource ")) {
        roles.put(name, fields.getOrDefault("role", "Unknown"));
      } else if (line.startsWith("exists device ")) {
        devices.putIfAbsent(name, fields);
      } else if (line.startsWith("exists connection ")) {
        connections.computeIfAbsent(name, n -> new ArrayList<>()).add(fields);
      } else if (line.startsWith("exists peer-device ")) {
        peers.putIfAbsent(peer, fields);
      }
    }
    var all = new ArrayList<Replica>();
    roles.forEach((name, role) -> {
      Map<String, String> device = devices.getOrDefault(name, Map.of());
      var links = new ArrayList<Link>();
      for (Map<String, String> c : connections.getOrDefault(name, List.of())) {
        Map<String, String> p =
            peers.getOrDefault(name + " " + c.getOrDefault("peer-node-id", ""), Map.of());
        links.add(
            new Link(
                c.getOrDefault("conn-name", "peer"),
                c.getOrDefault("connection", "Unknown"),
                c.getOrDefault("role", "Unknown"),
                p.getOrDefault("peer-disk", "DUnknown"),
                p.getOrDefault("replication", "Off"),
                Long.parseLong(p.getOrDefault("out-of-sync", "0"))));
      }
      all.add(
          new Replica(
              name,
              role,
              device.getOrDefault("disk", "Diskless"),
              Integer.parseInt(device.getOrDefault("minor", "-1")),
              links));
    });
    return List.copyOf(all);
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
