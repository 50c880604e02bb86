package dev.hactl.modules.storage;

/**
 * The unit that attaches an image at every boot: systemd.unit(5), systemd.service(5).
 *
 * <p>It runs before the local file systems are mounted, as soon as the image's own file system is:
 * so fstab may name the device, and DRBD and the cluster find it. Without default dependencies it
 * does not wait for the targets that wait for it.
 */
final class LoopUnit {
  private LoopUnit() {}

  /** The target that pulls it in. */
  static final String TARGET = "local-fs.target";

  /** Everything that may use a loop device; units that a host lacks do not matter. */
  private static final String USERS =
      TARGET + " drbd.service drbd.target corosync.service pacemaker.service heartbeat.service";

  /** Attaches {@code "$1"} to {@code "$2"}, or to the next free device, unless it is attached. */
  static final String ATTACH =
      """
      f=$(readlink -f -- "$1") || exit 1; \
      for b in /sys/block/loop*/loop/backing_file; do \
      [ -e "$b" ] && read -r at < "$b" && [ "$at" = "$f" ] && exit 0; \
      done; \
      [ -e /dev/loop-control ] || modprobe loop; \
      [ -n "$2" ] || exec losetup -f -- "$f"; \
      [ -b "$2" ] || mknod -m 0660 "$2" b 7 "${2#/dev/loop}"; \
      exec losetup -- "$2" "$f"\
      """;

  /** The unit's text. */
  static String text(LoopWish wish) {
    String device = wish.device().orElse("");
    return """
    # Made by hactl; the module losetup keeps it as it is.
    [Unit]
    Description=Loop device of %1$s
    DefaultDependencies=no
    RequiresMountsFor=%2$s
    After=systemd-remount-fs.service systemd-modules-load.service
    Before=%3$s shutdown.target
    Conflicts=shutdown.target

    [Service]
    Type=oneshot
    RemainAfterExit=yes
    ExecStart=/bin/sh -c %4$s hactl-loop %5$s %6$s

    [Install]
    WantedBy=%7$s
    """
        .formatted(
            wish.path().replace("%", "%%"),
            quoted(wish.directory(), false),
            USERS,
            quoted(ATTACH, true),
            quoted(wish.path(), true),
            quoted(device, true),
            TARGET);
  }

  /** A word of a unit file; in commands a dollar would begin a variable. */
  private static String quoted(String text, boolean command) {
    String plain = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    return "\"" + (command ? plain.replace("$", "$$") : plain) + "\"";
  }
}
