package dev.hactl.modules.cib;

import dev.hactl.lab.LoopbackHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pacemaker's programs on the machine that runs the tests; as a service it never starts there. */
public final class PacemakerPackages {
  private PacemakerPackages() {}

  /** Installs what is missing. */
  public static void need() throws IOException, InterruptedException {
    boolean ours = !Files.exists(Path.of("/usr/sbin/pacemakerd"));
    LoopbackHost.builder()
        .program("/usr/sbin/pacemakerd", "pacemaker")
        .program("/usr/sbin/corosync", "corosync")
        .program("/usr/sbin/cibadmin", "pacemaker-cli-utils");
    if (ours && Files.exists(Path.of("/usr/bin/systemctl"))) {
      // The packages would start both at the next boot.
      new ProcessBuilder("systemctl", "disable", "--quiet", "pacemaker.service", "corosync.service")
          .inheritIO()
          .start()
          .waitFor();
    }
  }
}
