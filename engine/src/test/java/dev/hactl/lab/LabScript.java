package dev.hactl.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the scripts of {@code lab/}. */
final class LabScript {
  private LabScript() {}

  /**
   * Runs a script of the lab to its end.
   *
   * @param minutes after which it is ended and counts as failed
   * @param environment added to this process's own
   * @param command the script's name below {@code lab/} and its arguments
   */
  static LabHost.Result run(int minutes, Map<String, String> environment, String... command) {
    return run(minutes, environment, new byte[0], command);
  }

  /** The same with something on the script's standard input. */
  static LabHost.Result run(
      int minutes, Map<String, String> environment, byte[] input, String... command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.set(0, script(command[0]).toString());
    Path out = null;
    Path err = null;
    Path in = null;
    try {
      // Files and not pipes: a process that a script leaves behind may keep its output open.
      out = Files.createTempFile("hactl-lab", ".out");
      err = Files.createTempFile("hactl-lab", ".err");
      in = Files.write(Files.createTempFile("hactl-lab", ".in"), input);
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      return new LabHost.Result(
          ended ? process.exitValue() : -1,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8)
              + (ended ? "" : "ended after " + minutes + " minutes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
    } finally {
      delete(out);
      delete(err);
      delete(in);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Tests run in the directory of their Maven module; the scripts are at the top of the repository.
   */
  static Path script(String name) {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path script = dir.resolve("lab").resolve(name);
      if (Files.isExecutable(script)) {
        return script;
      }
    }
    throw new IllegalStateException("no lab/" + name + " above " + Path.of("").toAbsolutePath());
  }
}
