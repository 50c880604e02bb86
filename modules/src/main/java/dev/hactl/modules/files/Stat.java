package dev.hactl.modules.files;

/**
 * The attributes of a file as stat(2) tells them.
 *
 * @param mode the lower twelve bits: set-id, sticky and permissions
 * @param type the letter of {@code ls -l}: {@code - d l c b p s}
 * @param size bytes
 * @param mtime seconds since 1970
 * @param atime seconds since 1970
 * @param ctime seconds since 1970
 * @param inode inode number
 * @param links hard links
 * @param device number of the file system's device
 * @param blocks blocks of 512 bytes
 * @param blockSize preferred size of one transfer
 * @param uid owner's number
 * @param gid group's number
 * @param owner owner's name, {@code UNKNOWN} when the number has none
 * @param group group's name, {@code UNKNOWN} when the number has none
 */
public record Stat(
    int mode,
    char type,
    long size,
    long mtime,
    long atime,
    long ctime,
    long inode,
    long links,
    long device,
    long blocks,
    long blockSize,
    long uid,
    long gid,
    String owner,
    String group) {

  /** Of nothing. */
  public static final Stat NONE = new Stat(0, '-', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", "");

  /** A file of root with a mode and a size, for tables of data. */
  public static Stat root(int mode, char type, long size) {
    return new Stat(mode, type, size, 0, 0, 0, 1, 1, 1, 8, 4096, 0, 0, "root", "root");
  }

  /** What it is; links are links. */
  public FileState.Kind kind() {
    return switch (type) {
      case '-' -> FileState.Kind.FILE;
      case 'd' -> FileState.Kind.DIRECTORY;
      case 'l' -> FileState.Kind.LINK;
      default -> FileState.Kind.OTHER;
    };
  }

  /** Whether a name or number from a playbook is the owner. */
  public boolean ownedBy(String nameOrNumber) {
    return owner.equals(nameOrNumber) || Long.toString(uid).equals(nameOrNumber);
  }

  /** Whether a name or number from a playbook is the group. */
  public boolean groupIs(String nameOrNumber) {
    return group.equals(nameOrNumber) || Long.toString(gid).equals(nameOrNumber);
  }
}
