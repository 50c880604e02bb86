package dev.hactl.modules.files;

import dev.hactl.engine.module.Content;
import java.util.Optional;

/**
 * What stands at a path of a host.
 *
 * @param path as it was asked
 * @param kind what it is; of a followed link what it leads to, or {@code LINK} when that is nowhere
 * @param stat its attributes; zeroes when it is absent or unreadable
 * @param target where the link at {@code path} points, as written in it; empty when it is no link
 * @param resolved the path a followed link leads to in the end; empty when nothing was followed
 * @param hash the hash of a regular file, when one was asked for and its size is the expected one
 * @param content the bytes of a regular file, when they were asked for and are not too many
 * @param reason why the host could not tell; empty when it could
 */
public record FileState(
    String path,
    Kind kind,
    Stat stat,
    Optional<String> target,
    Optional<String> resolved,
    Optional<String> hash,
    Optional<Content.Inline> content,
    String reason) {

  /** What a path can be. */
  public enum Kind {
    ABSENT,
    FILE,
    DIRECTORY,
    LINK,
    /** A device, pipe or socket. */
    OTHER,
    /** The host would not tell, see {@link FileState#reason}. */
    UNREADABLE;

    /** As in messages. */
    public String words() {
      return switch (this) {
        case ABSENT -> "absent";
        case FILE -> "a file";
        case DIRECTORY -> "a directory";
        case LINK -> "a symbolic link";
        case OTHER -> "a special file";
        case UNREADABLE -> "unreadable";
      };
    }
  }

  /** Nothing there. */
  public static FileState absent(String path) {
    return of(path, Kind.ABSENT, Stat.NONE);
  }

  /** The host would not tell. */
  public static FileState unreadable(String path, String reason) {
    return of(path, Kind.UNREADABLE, Stat.NONE).because(reason);
  }

  /** Something that is no link, with nothing read from it. */
  public static FileState of(String path, Kind kind, Stat stat) {
    return new FileState(
        path,
        kind,
        stat,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** The same reached through a link. */
  public FileState through(String linkTarget, Optional<String> finalPath) {
    return new FileState(
        path, kind, stat, Optional.of(linkTarget), finalPath, hash, content, reason);
  }

  /** The same with its hash. */
  public FileState hashed(String hex) {
    return new FileState(path, kind, stat, target, resolved, Optional.of(hex), content, reason);
  }

  /** The same with its content. */
  public FileState holding(byte[] bytes) {
    return new FileState(
        path,
        kind,
        stat,
        target,
        resolved,
        hash,
        Optional.of(Content.of(bytes, false, path)),
        reason);
  }

  /** The same with a reason why something could not be read. */
  public FileState because(String why) {
    return new FileState(path, kind, stat, target, resolved, hash, content, why);
  }

  /** Whether there is anything. */
  public boolean exists() {
    return kind != Kind.ABSENT && kind != Kind.UNREADABLE;
  }

  /** Whether it is a regular file. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /** Whether the host would not tell what it is. */
  public boolean isUnreadable() {
    return kind == Kind.UNREADABLE;
  }

  /**
   * Whether it is mounted there by itself (judged by the device of its directory), so that it
   * cannot be replaced.
   */
  public boolean mountedIn(FileState directory) {
    return exists() && directory.exists() && stat.device() != directory.stat().device();
  }
}
