package dev.hactl.modules.files;

import dev.hactl.engine.module.BadValue;
import java.nio.file.Path;
import java.util.Set;

/** Directories that a host cannot live without; nothing removes them or changes them as a tree. */
final class Roots {
  private static final Set<String> PROTECTED =
      Set.of(
          "/",
          "/bin",
          "/boot",
          "/dev",
          "/etc",
          "/home",
          "/lib",
          "/lib32",
          "/lib64",
          "/libx32",
          "/media",
          "/mnt",
          "/opt",
          "/proc",
          "/root",
          "/run",
          "/sbin",
          "/srv",
          "/sys",
          "/tmp",
          "/usr",
          "/usr/bin",
          "/usr/lib",
          "/usr/lib64",
          "/usr/libexec",
          "/usr/local",
          "/usr/sbin",
          "/usr/share",
          "/var",
          "/var/cache",
          "/var/lib",
          "/var/log",
          "/var/run",
          "/var/spool",
          "/var/tmp");

  private Roots() {}

  /** Refuses such a directory, however it is written. */
  static void refuse(String path, String doing) {
    String plain = Path.of(path).normalize().toString();
    if (PROTECTED.contains(plain)) {
      throw new BadValue(
          "'"
              + path
              + "' is a directory that the system cannot do without; hactl does not "
              + doing);
    }
  }
}
