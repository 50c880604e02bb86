package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.text.Lines;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The mounts of a host, its fstab, and the device that a task names.
 *
 * @param fstab the file
 * @param mounts every mount
 * @param source the device or file that the source stands for
 * @param loops the loop devices
 * @param cluster what the cluster mounts
 * @param emptyPoint whether the place is an empty directory where nothing is mounted; only looked
 *     at when it is to go
 */
record MountState(
    Fstab fstab,
    List<MountEntry> mounts,
    Source source,
    List<LoopDevice> loops,
    ClusterConfig cluster,
    boolean emptyPoint) {

  /**
   * What a source stands for.
   *
   * @param real its path with links resolved; empty when it does not exist
   * @param number major and minor number of a block device; empty for others
   */
  record Source(String real, String number) {}

  /** Looks at all of it; nothing of it touches what is mounted. */
  static Probe<MountState> probe(MountWish wish) {
    Look look =
        Look.at("fstab", "f=" + Sh.quote(wish.fstab()) + "; [ ! -e \"$f\" ] || cat -- \"$f\"")
            .and("mounts", Tables.MOUNTS)
            .and("cib", Tables.CIB)
            .and("source", wish.device() ? source(wish) : "")
            .and("point", wish.state() == MountWish.State.ABSENT ? point(wish.path()) : "")
            .and("loops", wish.options().contains("loop") ? Tables.LOOPS : "");
    Probe<MountState> probe = look.probe(MountState::read);
    return wish.src().startsWith("/dev/drbd") ? probe.shared() : probe;
  }

  /** Not looked at when something is mounted there. */
  private static String point(String path) {
    return "while read -r a b c d m rest; do [ \"$m\" != "
        + Sh.quote(MountEntry.escaped(path))
        + " ] || exit 0; done < /proc/self/mountinfo\np="
        + Sh.quote(path)
        + "; if [ -d \"$p\" ] && [ ! -h \"$p\" ] && [ -z \"$(ls -A -- \"$p\")\" ]; then echo empty; fi";
  }

  private static String source(MountWish wish) {
    String src = wish.src();
    int equals = src.indexOf('=');
    String find =
        src.startsWith("/")
            ? "d=" + Sh.quote(src) + "\n"
            : "d="
                + Sh.quote(link(src, equals))
                + "\n[ -e \"$d\" ] || d=$(findfs "
                + Sh.quote(src)
                + " 2> /dev/null) || exit 0\n";
    return find
        + """
        [ -e "$d" ] || exit 0
        r=$(readlink -f -- "$d"); printf 'real %s\\n' "$r"
        s=/sys/class/block/${r##*/}/dev
        if [ -b "$r" ] && [ -r "$s" ]; then IFS= read -r n < "$s"; echo "number $n"; fi
        """;
  }

  /** Where udev puts the device of {@code UUID=...} and its like. */
  private static String link(String src, int equals) {
    return "/dev/disk/by-"
        + src.substring(0, equals).toLowerCase(Locale.ROOT)
        + "/"
        + src.substring(equals + 1).replace("/", "\\x2f").replace(" ", "\\x20");
  }

  private static MountState read(Look.Seen seen) {
    Map<String, String> source = seen.words("source");
    return new MountState(
        new Fstab(Lines.of(seen.bytes("fstab"))),
        MountEntry.parse(seen.text("mounts")),
        new Source(source.getOrDefault("real", ""), source.getOrDefault("number", "")),
        LoopDevice.parse(seen.text("loops")),
        ClusterConfig.parse(seen.bytes("cib")),
        !seen.text("point").isEmpty());
  }

  /** What is mounted where the task wants something. */
  Optional<MountEntry> at(MountWish wish) {
    return MountEntry.at(mounts, wish.path());
  }

  /** Whether a mount shows what the task names. */
  boolean shows(MountWish wish, MountEntry mount) {
    if (wish.binds()) {
      return MountEntry.holding(mounts, wish.src())
          .filter(h -> h.device().equals(mount.device()))
          .map(h -> rooted(h, wish.src()).equals(mount.root()))
          .orElse(false);
    }
    if (!wish.device()) {
      // Whatever a pseudo file system is told as its source, it shows the same.
      return plain(mount.source()).equals(plain(wish.src()))
          || (!wish.src().contains(":") && mount.type().equals(wish.entry().type()));
    }
    if (!source.number().isEmpty()) {
      return source.number().equals(mount.device()) || source.real().equals(mount.source());
    }
    return mount.source().equals(wish.src())
        || loops.stream()
            .anyMatch(l -> l.path().equals(mount.source()) && l.file().equals(source.real()));
  }

  private static String rooted(MountEntry holder, String path) {
    String inside = holder.point().equals("/") ? path : path.substring(holder.point().length());
    String root = holder.root().equals("/") ? "" : holder.root();
    return (root + inside).isEmpty() ? "/" : root + inside;
  }

  private static String plain(String source) {
    return source.length() > 1 && source.endsWith("/")
        ? source.substring(0, source.length() - 1)
        : source;
  }

  /** Mounts below the place. */
  List<MountEntry> below(MountWish wish) {
    return mounts.stream()
        .filter(m -> !m.point().equals(wish.path()) && MountEntry.inside(m.point(), wish.path()))
        .toList();
  }
}
