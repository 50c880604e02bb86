package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The single changes that can be made to a mount and its line of fstab. Pure. */
final class MountChanges {
  /** systemd makes its mount units of fstab, and unmounts what an old one contradicts. */
  private static final String RELOAD =
      "[ ! -d /run/systemd/system ] || systemctl daemon-reload || exit 1\n";

  private final MountWish wish;
  private final MountState before;
  private final String point;

  MountChanges(MountWish wish, MountState before) {
    this.wish = wish;
    this.before = before;
    this.point = Sh.quote(wish.path());
  }

  /** How the file has to be. */
  Fstab wanted(Fstab fstab) {
    if (wish.state().keeps()) {
      return fstab.with(wish.entry());
    }
    return wish.state().forgets() ? fstab.without(wish.entry()) : fstab;
  }

  Change<MountState> keep(Fstab after) {
    Step.Put put =
        new Step.Put(
            wish.fstab(),
            after.lines().content(wish.secret()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            wish.backup(),
            Optional.empty());
    String name = wish.swap() ? wish.src() : wish.path();
    return Change.<MountState>to(
            (wish.state().keeps() ? "keep " : "no longer keep ") + name + " in " + wish.fstab(),
            s -> wanted(s.fstab()).equals(s.fstab()))
        .diff(
            new Diff.Lines(
                wish.fstab(),
                "",
                before.fstab().lines().text(),
                after.lines().text(),
                wish.secret()))
        .step(put)
        .step(Step.sh(RELOAD))
        .touches(Footprint.of(Thing.path(wish.fstab())))
        .build();
  }

  /** The options that mean something to mount(2); the others are for fstab's readers. */
  private String options() {
    return wish.options().stream()
        .filter(o -> !o.matches("defaults|(no)?auto|nofail|_netdev|comment=.*|x-.*"))
        .collect(Collectors.joining(","));
  }

  private String option(String more) {
    String all =
        List.of(more, options()).stream()
            .filter(o -> !o.isEmpty())
            .collect(Collectors.joining(","));
    return all.isEmpty() ? "" : " -o " + Sh.quote(all);
  }

  Change<MountState> mount(boolean directory) {
    String type = wish.binds() ? "none" : wish.entry().type();
    return Change.<MountState>to(
            "mount " + wish.src() + " at " + wish.path(),
            s -> s.at(wish).filter(m -> s.shows(wish, m)).isPresent())
        .diff(
            Diff.of(
                wish.path(),
                new Diff.Property("directory", directory ? "present" : "absent", "present"),
                new Diff.Property("mounted", "nothing", wish.src() + " (" + type + ")")))
        .step(
            Step.sh(
                (directory ? "" : "mkdir -p -- " + point + " || exit 1\n")
                    + (wish.state().keeps() ? RELOAD : "")
                    + "mount -t "
                    + Sh.quote(type)
                    + option("")
                    + " -- "
                    + Sh.quote(wish.src())
                    + " "
                    + point
                    + "\n"))
        .touches(Footprint.of(Thing.path(wish.path())))
        .build();
  }

  Change<MountState> flags(List<String> missing, MountEntry now) {
    String words = String.join(",", missing);
    return Change.<MountState>to(
            "mount " + wish.path() + " again with " + words,
            s -> s.at(wish).filter(m -> Flags.missing(missing, m).isEmpty()).isPresent())
        .diff(
            Diff.of(
                wish.path(),
                new Diff.Property("options", String.join(",", now.flags()), "with " + words)))
        .impact(
            missing.contains("ro")
                ? new Impact.Disruptive("ends writing to " + wish.path())
                : Impact.none())
        .step(
            Step.sh(
                "mount"
                    + option(wish.binds() ? "remount,bind" : "remount")
                    + " -- "
                    + point
                    + "\n"))
        .touches(Footprint.of(Thing.path(wish.path())))
        .build();
  }

  Change<MountState> remount() {
    return Change.<MountState>byStatus("mount " + wish.path() + " again")
        .diff(Diff.of(wish.path(), new Diff.Property("mounted", "yes", "again")))
        .impact(
            wish.options().contains("ro")
                ? new Impact.Disruptive("ends writing to " + wish.path())
                : Impact.none())
        .step(Step.sh("mount" + option("remount") + " -- " + point + "\n"))
        .touches(Footprint.of(Thing.path(wish.path())))
        .build();
  }

  Change<MountState> unmount(MountUsers users) {
    long layers = before.mounts().stream().filter(m -> m.point().equals(wish.path())).count();
    String names = users.names().stream().limit(10).collect(Collectors.joining(", "));
    return Change.<MountState>to("unmount " + wish.path(), s -> s.at(wish).isEmpty())
        .diff(
            Diff.of(
                wish.path(),
                new Diff.Property(
                    "mounted", before.at(wish).map(MountEntry::source).orElse(""), "nothing")))
        .impact(
            users.names().isEmpty()
                ? Impact.none()
                : new Impact.Disruptive(
                    "unmounts %s, which is used by %s".formatted(wish.path(), names)))
        .step(Step.sh(("umount -- " + point + " || exit 1\n").repeat((int) layers)))
        .touches(Footprint.of(Thing.path(wish.path())))
        .build();
  }

  /** Only an empty directory goes; one that held files below the mount stays. */
  Change<MountState> removePoint(boolean mayHoldFiles) {
    return Change.<MountState>to(
            "remove the mount point " + wish.path() + (mayHoldFiles ? " if it is empty" : ""),
            s -> !s.emptyPoint())
        .diff(Diff.of(wish.path(), new Diff.Property("directory", "present", "absent")))
        .step(Step.sh("rmdir -- " + point + (mayHoldFiles ? " 2> /dev/null || :\n" : "\n")))
        .touches(Footprint.of(Thing.path(wish.path())))
        .build();
  }
}
