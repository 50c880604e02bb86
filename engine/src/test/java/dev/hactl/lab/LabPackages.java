package dev.hactl.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Installs the Debian packages that tests need on this machine, without starting their services.
 */
public final class LabPackages {
  private static final int CANNOT = 3;

  private LabPackages() {}

  /**
   * Makes sure that a program exists, from the package of that name. Where nothing can be installed
   * the test that wants it is skipped with the reason, and in CI it fails.
   */
  public static synchronized void need(Path program, String debianPackage) {
    if (Files.isExecutable(program)) {
      return;
    }
    LabHost.Result result = LabScript.run(15, Map.of(), "install", debianPackage);
    if (result.status() == CANNOT && !"true".equals(System.getenv("CI"))) {
      Assumptions.abort(result.err().strip());
    }
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          "the tests need "
              + program
              + ", and the package "
              + debianPackage
              + " could not be installed: "
              + result.err().strip());
    }
  }
}
