package dev.hactl.modules.storage;

/** Shell texts whose answer many tasks share. None of them touches a mounted file system. */
public final class Tables {
  private Tables() {}

  /** Every mount of the host: proc(5), mountinfo. */
  public static final String MOUNTS = "cat /proc/self/mountinfo";

  /** Every swap area in use. */
  static final String SWAPS = "cat /proc/swaps 2> /dev/null || :";

  /** The attributes of attached loop devices, as {@code path:value}. */
  public static final String LOOPS =
      "grep -asH '' /sys/block/loop*/loop/backing_file /sys/block/loop*/loop/offset"
          + " /sys/block/loop*/loop/sizelimit /sys/block/loop*/loop/autoclear"
          + " /sys/block/loop*/ro /sys/block/loop*/size || :";

  /** The module is not loaded by looking: drbdsetup(8) would do that. */
  private static final String WITH_DRBD =
      "[ -e /proc/drbd ] && command -v drbdsetup > /dev/null || exit 0\n";

  /** Roles and disk states; the same words for DRBD 8.4 and 9, drbdsetup(8). */
  static final String DRBD = WITH_DRBD + "drbdsetup events2 --now 2> /dev/null || :";

  /** The same with how much differs. */
  public static final String DRBD_IN_FULL =
      WITH_DRBD + "drbdsetup events2 --now --statistics 2> /dev/null || :";

  /** What running DRBD resources use as their disks: paths, as configured and links resolved. */
  static final String DRBD_DISKS =
      WITH_DRBD
          + """
          drbdsetup show 2> /dev/null |
            sed -n 's/^[[:space:]]*disk[[:space:]]*"\\{0,1\\}\\(\\/[^";]*\\)"\\{0,1\\};.*/\\1/p' |
            while IFS= read -r d; do printf '%s\\n' "$d"; readlink -f -- "$d"; done
          """;

  /** The cluster's configuration as Pacemaker keeps it, also when it does not run. */
  public static final String CIB =
      "f=/var/lib/pacemaker/cib/cib.xml; [ ! -r \"$f\" ] || cat \"$f\"";
}
