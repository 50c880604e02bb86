package dev.hactl.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A host of {@code lab/up}. */
record LabNode(String name, boolean debian, Path node) implements Machine {

  /** All that run. */
  static List<Machine> all(Path repository) {
    Path node = repository.resolve("lab/node");
    List<Machine> found =
        run("", repository.resolve("lab/status").toString())
            .lines()
            .map(l -> l.split("\\s+"))
            .filter(w -> w[0].equals("host"))
            .map(w -> (Machine) new LabNode(w[1], w[2].equals("debian"), node))
            .toList();
    if (found.isEmpty()) {
      throw new Failure("no host runs: lab/up starts them");
    }
    return found;
  }

  @Override
  public String sh(String script) {
    return run(script, node.toString(), name, "exec", "sh");
  }

  /** Runs a command of the lab. */
  static String run(String input, String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new Failure(
            String.join(" ", command) + " ended with " + status + ": " + input + "\n" + out);
      }
      return out.stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }
}
