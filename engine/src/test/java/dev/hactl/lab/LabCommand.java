package dev.hactl.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Small helpers of the lab. */
final class LabCommand {
  private LabCommand() {}

  /** Runs a command that must succeed and returns its output. */
  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = waitFor(process);
    if (status != 0) {
      throw new IOException(String.join(" ", command) + ": status " + status + ": " + output);
    }
    return output;
  }

  static int waitFor(Process process) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
