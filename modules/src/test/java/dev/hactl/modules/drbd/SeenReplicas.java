package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Members;
import dev.hactl.modules.ClusterVerdict;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.drbd.DrbdState.Disk;
import dev.hactl.modules.drbd.DrbdState.Metadata;
import dev.hactl.modules.storage.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two members of a resource as they may be seen, and what is decided about them. */
final class SeenReplicas {
  private SeenReplicas() {}

  static final String TASK =
      "{resource: sky, device: /dev/drbd1, disk: /dev/sdb, address: {db1: 192.0.2.1, db2: 192.0.2.2}%s}";

  static final String NEW =
      "0000000000000004:0000000000000000:0000000000000000:0000000000000000:0:0:0:0:0:0:0";

  static final String OLD =
      "AAAAAAAAAAAAAAAA:0000000000000000:0000000000000000:0000000000000000:1:1:0:0:0:0:0";

  static final String OLDER =
      "BBBBBBBBBBBBBBBB:AAAAAAAAAAAAAAAA:0000000000000000:0000000000000000:1:1:0:0:0:0:0";

  static final String OTHER =
      "CCCCCCCCCCCCCCCC:AAAAAAAAAAAAAAAA:0000000000000000:0000000000000000:1:1:0:0:0:0:0";

  static final String FOREIGN =
      "DDDDDDDDDDDDDDDD:0000000000000000:0000000000000000:0000000000000000:1:1:0:0:0:0:0";

  /** A member that is changed a little for each case. */
  record Member(
      String name,
      boolean file,
      String gi,
      List<Signature> signs,
      boolean blank,
      Optional<Replica> replica,
      String adjust,
      boolean managed,
      long size) {
    static Member bare(String name) {
      return new Member(name, false, "", List.of(), true, Optional.empty(), "", false, 1 << 30);
    }

    Member with(String newGi) {
      return new Member(
          name,
          file,
          newGi,
          List.of(new Signature("drbd", "", "")),
          blank,
          replica,
          adjust,
          managed,
          size);
    }

    Member bearing(String type, String uuid) {
      return new Member(
          name,
          file,
          gi,
          List.of(new Signature(type, uuid, "")),
          false,
          replica,
          adjust,
          managed,
          size);
    }

    Member filed() {
      return new Member(name, true, gi, signs, blank, replica, adjust, managed, size);
    }

    Member running(String role, String disk, String connection, String replication, String peer) {
      return new Member(
          name,
          true,
          gi,
          signs,
          blank,
          Optional.of(
              new Replica(
                  "sky",
                  role,
                  disk,
                  List.of(1),
                  List.of(
                      new Replica.Link(
                          "peer",
                          connection,
                          "Secondary",
                          peer,
                          replication,
                          replication.startsWith("Sync") ? 2048 : 0,
                          false)))),
          adjust,
          managed,
          size);
    }

    Member inSync(String role) {
      return with(OLD).running(role, "UpToDate", "Connected", "Established", "UpToDate");
    }

    Member pending(String commands) {
      return new Member(name, file, gi, signs, blank, replica, commands, managed, size);
    }

    Member ofPacemaker() {
      return new Member(name, file, gi, signs, blank, replica, adjust, true, size);
    }

    Member sized(long bytes) {
      return new Member(name, file, gi, signs, blank, replica, adjust, managed, bytes);
    }

    Member dirty() {
      return new Member(name, file, gi, signs, false, replica, adjust, managed, size);
    }

    DrbdState state(DrbdWish wish) {
      var nodes = new LinkedHashMap<String, String>();
      nodes.put("db1", "192.0.2.1");
      nodes.put("db2", "192.0.2.2");
      return new DrbdState(
          name,
          true,
          "8.4.11",
          file ? Optional.of(ResourceFile.write(wish, nodes, false, Map.of())) : Optional.empty(),
          new Disk("/dev/sdb", "/dev/sdb", true, size, List.of(), signs, blank, ""),
          gi.isEmpty()
              ? new Metadata.None()
              : new Metadata.Found(Generation.parse(gi).orElseThrow()),
          replica,
          List.of(),
          List.of(),
          Adjustment.parse(adjust),
          managed,
          "");
    }
  }

  static final Member ONE = Member.bare("db1");
  static final Member TWO = Member.bare("db2");

  static DrbdWish wish(String more) {
    return TaskText.bind(new Drbd(), TASK.formatted(more));
  }

  static Members<DrbdState> seen(DrbdWish wish, Member one, Member two) {
    var states = new LinkedHashMap<String, Optional<DrbdState>>();
    states.put("db1", Optional.of(one.state(wish)));
    states.put("db2", Optional.of(two.state(wish)));
    return ClusterVerdict.members(states, Set.of("db1", "db2"));
  }

  static String verdict(String more, Member one, Member two) {
    DrbdWish wish = wish(more);
    return String.join("\n", ClusterVerdict.of(new Drbd().plan(wish, seen(wish, one, two))));
  }
}
