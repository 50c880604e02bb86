package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.look.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device, what it bears and who uses it.
 *
 * @param device the device
 * @param reading how reading its signatures went
 * @param signatures what it bears
 * @param maker whether the program that makes the file system is there
 * @param users what uses the device
 * @param mounted where it is mounted; empty when it is not
 * @param replicas DRBD devices that are up
 * @param note the file system that an interrupted run was making
 * @param superBlock what the file system says of itself; only read when it matters
 */
record FsState(
    Device device,
    Reading reading,
    List<Signature> signatures,
    boolean maker,
    List<String> users,
    Optional<String> mounted,
    List<DrbdDevice> replicas,
    Optional<Note> note,
    Optional<SuperBlock> superBlock) {

  /** What stands at the device's path. */
  enum Kind {
    MISSING,
    BLOCK,
    FILE,
    OTHER
  }

  /**
   * The device.
   *
   * @param real its path with links resolved
   * @param bytes its size
   * @param readOnly whether it cannot be written
   */
  record Device(Kind kind, String real, long bytes, boolean readOnly) {}

  /** How reading the signatures went. */
  sealed interface Reading {
    /** They are known. */
    record Done() implements Reading {}

    /** There is no wipefs. */
    record NoTool() implements Reading {}

    /** The device does not let itself be read. */
    record Failed(String why) implements Reading {}
  }

  /** A note of a file system that is being made. */
  record Note(String type, String uuid) {}

  /** Looks at all of it. */
  static Probe<FsState> probe(FsWish wish) {
    String device = "d=" + Sh.quote(wish.device()) + "\n";
    String real = device + "[ -e \"$d\" ] || exit 0; r=$(readlink -f -- \"$d\")\n";
    Look look =
        Look.at("device", device + DEVICE)
            .and("signs", real + Signature.ASK)
            .and("mounts", Tables.MOUNTS)
            .and("swaps", Tables.SWAPS)
            .and("loops", Tables.LOOPS)
            .and("drbd", Tables.DRBD)
            .and("disks", Tables.DRBD_DISKS)
            .and(
                "maker",
                wish.type()
                    .map(t -> "! command -v " + t.maker() + " > /dev/null || echo maker")
                    .orElse("echo maker"))
            .and("note", "f=" + wish.note() + "; [ ! -r \"$f\" ] || cat \"$f\"")
            .and(
                "head",
                (wish.grow() ? "" : "[ -e " + wish.note() + " ] || exit 0\n")
                    + real
                    + "dd if=\"$r\" bs=4096 count=1 2> /dev/null | od -An -v -tx1");
    if (wish.grow() && wish.type().filter(FsWish.Type.XFS::equals).isPresent()) {
      look = look.and("grown", real + GROWN);
    }
    Probe<FsState> probe = look.probe(FsState::read);
    return wish.device().startsWith("/dev/drbd") ? probe.shared() : probe;
  }

  private static final String DEVICE =
      """
      [ -e "$d" ] || exit 0
      r=$(readlink -f -- "$d"); printf 'real %s\\n' "$r"
      if [ -b "$r" ]; then
        echo 'kind block'; s=/sys/class/block/${r##*/}
        for f in size ro dev; do
          [ ! -r "$s/$f" ] || { IFS= read -r v < "$s/$f"; echo "$f $v"; }
        done
        for h in "$s"/holders/*; do [ ! -e "$h" ] || echo "holder:${h##*/}"; done
      elif [ -f "$r" ]; then echo 'kind file'; stat -L -c 'bytes %s' -- "$r"
      else echo 'kind other'
      fi
      """;

  /** What a mounted XFS says of its size: what stands on the disk may be older. */
  private static final String GROWN =
      """
      s=/sys/class/block/${r##*/}/dev
      [ -r "$s" ] && read -r n < "$s" || exit 0
      while read -r a b c e m rest; do
        [ "$c" != "$n" ] || { xfs_growfs -n "$(printf '%b' "$m")" 2> /dev/null; exit 0; }
      done < /proc/self/mountinfo
      """;

  private static FsState read(Look.Seen seen) {
    Map<String, String> device = seen.words("device");
    Kind kind =
        switch (device.getOrDefault("kind", "")) {
          case "block" -> Kind.BLOCK;
          case "file" -> Kind.FILE;
          case "other" -> Kind.OTHER;
          default -> Kind.MISSING;
        };
    String real = device.getOrDefault("real", "");
    long bytes =
        kind == Kind.FILE
            ? Long.parseLong(device.getOrDefault("bytes", "0"))
            : Long.parseLong(device.getOrDefault("size", "0")) * Size.SECTOR;
    String signs = seen.text("signs");
    List<MountEntry> mounts = MountEntry.parse(seen.text("mounts"));
    Optional<String> mounted =
        mounts.stream()
            .filter(m -> m.device().equals(device.getOrDefault("dev", "-")))
            .map(MountEntry::point)
            .findFirst();
    Map<String, String> note = seen.words("note");
    Optional<SuperBlock> onDisk = SuperBlock.parse(seen.text("head"));
    return new FsState(
        new Device(kind, real, bytes, device.getOrDefault("ro", "0").equals("1")),
        reading(signs),
        Signature.parse(signs),
        !seen.text("maker").isBlank(),
        users(seen, real, mounted),
        mounted,
        DrbdDevice.parse(seen.text("drbd")),
        note.containsKey("uuid")
            ? Optional.of(new Note(note.getOrDefault("type", ""), note.get("uuid")))
            : Optional.empty(),
        onDisk.map(s -> SuperBlock.grown(s, seen.text("grown"))));
  }

  static Reading reading(String signs) {
    if (signs.startsWith("tool")) {
      return new Reading.NoTool();
    }
    return signs.startsWith("failed\n")
        ? new Reading.Failed(signs.substring("failed\n".length()).strip())
        : new Reading.Done();
  }

  private static List<String> users(Look.Seen seen, String real, Optional<String> mounted) {
    var users = new ArrayList<String>();
    mounted.ifPresent(at -> users.add("it is mounted at " + at));
    seen.words("device").keySet().stream()
        .filter(w -> w.startsWith("holder:"))
        .forEach(w -> users.add(w.substring("holder:".length()) + " lies on it"));
    if (seen.text("swaps").lines().anyMatch(l -> l.startsWith(real + " "))) {
      users.add("it is a swap area in use");
    }
    if (DrbdDevice.isDisk(seen.text("disks"), real)) {
      users.add("a DRBD resource has it as its disk");
    }
    LoopDevice.parse(seen.text("loops")).stream()
        .filter(l -> !l.free() && l.file().equals(real))
        .forEach(l -> users.add("it is attached to " + l.path()));
    return users;
  }

  /** The DRBD device that this is, when it is up. */
  Optional<DrbdDevice> replica() {
    return DrbdDevice.minor(device.real())
        .flatMap(n -> replicas.stream().filter(r -> r.minor() == n).findFirst());
  }
}
