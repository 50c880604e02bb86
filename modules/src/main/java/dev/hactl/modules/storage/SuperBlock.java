package dev.hactl.modules.storage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the first 4096 bytes of a device tell of the file system on it.
 *
 * @param type ext or xfs
 * @param bytes how many bytes the file system uses
 * @param unfinished whether mkfs did not come to its end
 * @param mounted whether it was ever mounted; unknown (true) for xfs
 */
record SuperBlock(String type, long bytes, boolean unfinished, boolean mounted) {
  private static final Pattern DATA =
      Pattern.compile("(?m)^data\\s*=\\s*bsize=(\\d+)\\s+blocks=(\\d+)");
  private static final int EXT = 1024;
  private static final int XFS_MAGIC = 0x58465342;

  /**
   * Reads the bytes, in hexadecimal as od(1) prints them.
   *
   * <p>Where what stands: Linux, Documentation/filesystems/ext4/super.rst, and the XFS algorithms
   * and data structures guide, chapter Superblocks. mkfs.xfs sets {@code sb_inprogress} first and
   * clears it last.
   */
  static Optional<SuperBlock> parse(String dump) {
    String hex = dump.replaceAll("\\s", "");
    if (hex.length() < 2048 * 2) {
      return Optional.empty();
    }
    if (big(hex, 0, 4) == XFS_MAGIC) {
      return Optional.of(
          new SuperBlock("xfs", big(hex, 4, 4) * big(hex, 8, 8), big(hex, 126, 1) != 0, true));
    }
    if (little(hex, EXT + 0x38, 2) != 0xef53) {
      return Optional.empty();
    }
    boolean wide = (little(hex, EXT + 0x60, 4) & 0x80) != 0;
    long blocks = little(hex, EXT + 4, 4) + (wide ? little(hex, EXT + 0x150, 4) << 32 : 0);
    long mounts = little(hex, EXT + 0x2c, 4) + little(hex, EXT + 0x34, 2);
    return Optional.of(
        new SuperBlock(
            "ext", blocks << (10 + little(hex, EXT + 0x18, 4)), mounts == 0, mounts != 0));
  }

  /**
   * The same with the size that a mounted XFS tells.
   *
   * @param info what {@code xfs_growfs -n} printed; empty when it was not asked
   */
  static SuperBlock grown(SuperBlock onDisk, String info) {
    Matcher m = DATA.matcher(info);
    return m.find()
        ? new SuperBlock(
            onDisk.type,
            Long.parseLong(m.group(1)) * Long.parseLong(m.group(2)),
            onDisk.unfinished,
            onDisk.mounted)
        : onDisk;
  }

  private static long big(String hex, int at, int bytes) {
    return Long.parseUnsignedLong(hex.substring(2 * at, 2 * (at + bytes)), 16);
  }

  private static long little(String hex, int at, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | big(hex, at + i, 1);
    }
    return value;
  }
}
