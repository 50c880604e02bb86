package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.look.Look;
import java.util.List;
import java.util.Map;

/**
 * What must be known before something is mounted.
 *
 * @param directory whether the mount point is there
 * @param blocked whether something else is in its place
 * @param source whether the source is there
 * @param read whether what the source bears could be told
 * @param signatures what it bears
 */
record MountPoint(
    boolean directory, boolean blocked, boolean source, boolean read, List<Signature> signatures) {

  /** Looks; only asked when nothing is mounted there, so that no file system is touched by it. */
  static Probe<MountPoint> probe(MountWish wish, MountState.Source source) {
    String real = Sh.quote(source.real().isEmpty() ? wish.src() : source.real());
    return Look.at(
            "point",
            "p="
                + Sh.quote(wish.path())
                + "\nif [ -d \"$p\" ]; then echo dir; elif [ -e \"$p\" ]; then echo other; fi\n"
                + "[ ! -e "
                + real
                + " ] || echo source\n")
        .and(
            "signs",
            wish.device() ? "r=" + real + "; [ -e \"$r\" ] || exit 0\n" + Signature.ASK : "")
        .probe(MountPoint::read);
  }

  private static MountPoint read(Look.Seen seen) {
    Map<String, String> point = seen.words("point");
    String signs = seen.text("signs");
    return new MountPoint(
        point.containsKey("dir"),
        point.containsKey("other"),
        point.containsKey("source"),
        signs.startsWith("read\n"),
        Signature.parse(signs));
  }
}
