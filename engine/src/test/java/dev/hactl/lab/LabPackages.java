package dev.hactl.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Installs the Debian packages that tests need on this machine, without letting them start
 * services.
 */
public final class LabPackages {
  private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");

  private LabPackages() {}

  /**
   * Makes sure that a program exists, from the package of that name. Who may not install it skips
   * the test that wants it; in CI that test fails.
   */
  public static synchronized void need(Path program, String debianPackage) {
    if (Files.isExecutable(program)) {
      return;
    }
    if (!System.getProperty("user.name").equals("root") && !"true".equals(System.getenv("CI"))) {
      Assumptions.abort("not root, and the package " + debianPackage + " is missing");
    }
    try {
      boolean ours = !Files.exists(POLICY);
      if (ours) {
        Files.writeString(POLICY, "#!/bin/sh\nexit 101\n");
        Files.setPosixFilePermissions(POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      try {
        List<String> install =
            List.of("apt-get", "install", "-y", "-q", "--no-install-recommends", debianPackage);
        if (LabCommand.status(install) != 0
            && LabCommand.status(List.of("apt-get", "update", "-q")) == 0) {
          LabCommand.status(install);
        }
      } finally {
        if (ours) {
          Files.delete(POLICY);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot install " + debianPackage, e);
    }
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          "the tests need "
              + program
              + ", and apt-get could not install the package "
              + debianPackage);
    }
  }
}
