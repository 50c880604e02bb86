package dev.hactl.modules.packages;

import java.util.List;
import java.util.Optional;

/**
 * A local archive.
 *
 * @param path where it lies on the host
 * @param content what it holds; empty when it is missing or cannot be read
 * @param problem why not; empty when the file is missing
 */
record Archive(String path, Optional<Installed> content, String problem) {

  /** Reads what dpkg-deb or rpm printed about it. */
  static Archive of(String path, String text) {
    String[] lines = text.strip().split("\n", -1);
    String last = lines[lines.length - 1];
    String[] f = last.split("\\|", -1);
    if (path.endsWith(".deb") && f.length == 3) {
      return new Archive(path, Optional.of(deb(f)), "");
    }
    if (path.endsWith(".rpm") && f.length == 5) {
      return new Archive(path, Optional.of(Installed.rpm(last, List.of())), "");
    }
    return new Archive(path, Optional.empty(), text.strip());
  }

  private static Installed deb(String[] f) {
    return new Installed(f[0], f[2], f[1], Installed.State.COMPLETE, List.of());
  }
}
