package dev.hactl.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code lab/prepare} made ready: engine, network, key and image.
 *
 * @param unavailable why this machine cannot run containers; empty if it can
 * @param values the script's NAME=VALUE lines
 */
record Preparation(Optional<String> unavailable, Map<String, String> values) {
  private static final int CANNOT = 3;

  /**
   * Runs the script, which takes about two minutes the first time and less than a second
   * afterwards.
   */
  static Preparation run(HostKind kind) {
    try {
      Path said = Files.createTempFile("hactl-lab-prepare", ".log");
      Process process =
          new ProcessBuilder(LabScript.script("prepare").toString(), kind.label())
              .redirectError(said.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      String messages = Files.readString(said).strip();
      Files.delete(said);
      if (status == CANNOT) {
        return new Preparation(Optional.of(messages), Map.of());
      }
      if (status != 0) {
        throw new IllegalStateException(
            "lab/prepare failed with exit " + status + ":\n" + messages);
      }
      return new Preparation(Optional.empty(), parse(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while lab/prepare ran", e);
    }
  }

  private static Map<String, String> parse(String lines) {
    Map<String, String> values = new HashMap<>();
    lines
        .lines()
        .forEach(line -> values.put(line.replaceFirst("=.*", ""), line.replaceFirst("[^=]*=", "")));
    return Map.copyOf(values);
  }

  String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException(
          unavailable.orElseGet(() -> "lab/prepare printed no " + name + ": " + values));
    }
    return value;
  }
}
