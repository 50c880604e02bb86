package dev.hactl.modules.files;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to look at.
 *
 * @param path absolute, without line breaks
 * @param follow whether a symbolic link at the path is followed
 * @param hash which hash of a regular file is wanted
 * @param contentCap the content of a regular file is wanted when it has at most this many bytes; 0
 *     for none
 */
public record FileQuestion(String path, boolean follow, Optional<Hash> hash, int contentCap) {

  /** Checks the path. */
  public FileQuestion {
    if (!path.startsWith("/") || path.indexOf('\n') >= 0 || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
  }

  /** Attributes only, links not followed. */
  public static FileQuestion of(String path) {
    return new FileQuestion(path, false, Optional.empty(), 0);
  }

  /** The same with links followed. */
  public FileQuestion following() {
    return new FileQuestion(path, true, hash, contentCap);
  }

  /** The same with a hash. */
  public FileQuestion hashed(Algorithm algorithm) {
    return new FileQuestion(
        path, follow, Optional.of(new Hash(algorithm, OptionalLong.empty())), contentCap);
  }

  /** The same with the SHA-256 of a file that has exactly this size; others differ anyway. */
  public FileQuestion hashedIfSize(long size) {
    return new FileQuestion(
        path, follow, Optional.of(new Hash(Algorithm.SHA256, OptionalLong.of(size))), contentCap);
  }

  /** The same with the content of a file of at most this many bytes. */
  public FileQuestion withContent(int cap) {
    return new FileQuestion(path, follow, hash, cap);
  }

  /**
   * A wanted hash.
   *
   * @param algorithm which
   * @param size only of a file with this size
   */
  public record Hash(Algorithm algorithm, OptionalLong size) {}

  /** Hashes that coreutils and BusyBox compute. */
  public enum Algorithm {
    MD5("md5sum", 32),
    SHA1("sha1sum", 40),
    SHA256("sha256sum", 64),
    SHA512("sha512sum", 128);

    private final String command;
    private final int digits;

    Algorithm(String command, int digits) {
      this.command = command;
      this.digits = digits;
    }

    String command() {
      return command;
    }

    int digits() {
      return digits;
    }
  }
}
