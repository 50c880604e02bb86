package dev.hactl.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of {@code ./hactl apply}; its events go to a file. */
final class Controller {
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final Pattern COUNT = Pattern.compile("\"changed\":(\\d+)");

  private final Process process;
  private final Path out;
  private final Path err;
  private final long began = System.nanoTime();

  private Controller(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * What to run.
   *
   * @param launcher the repository's {@code hactl}
   * @param folder where output and journals go
   */
  record Command(Path launcher, Path playbook, Path inventory, Path folder) {
    Controller start() {
      try {
        Files.createDirectories(folder);
        Path out = Files.createTempFile(folder, "run", ".jsonl");
        Path err = Files.createTempFile(folder, "run", ".err");
        var builder =
            new ProcessBuilder(
                    launcher.toString(),
                    "apply",
                    playbook.toString(),
                    "-i",
                    inventory.toString(),
                    "--output",
                    "json")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("XDG_STATE_HOME", folder.toString());
        return new Controller(builder.start(), out, err);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A run that ended, with the events it wrote and what it said on standard error. */
  record Ended(int exit, List<String> events, String err, Duration took) {
    /** Tasks that changed something, over all hosts; -1 when there is no recap. */
    int changed() {
      List<String> recap = events.stream().filter(e -> e.contains("\"event\":\"recap\"")).toList();
      if (recap.isEmpty()) {
        return -1;
      }
      int all = 0;
      Matcher count = COUNT.matcher(recap.getLast().replaceAll("\"accuracy\".*", ""));
      while (count.find()) {
        all += Integer.parseInt(count.group(1));
      }
      return all;
    }

    /** Lines that contain a text. */
    List<String> saying(String text) {
      return events.stream().filter(e -> e.contains(text)).toList();
    }

    /** The end of what it said, for a failure's message. */
    String tail() {
      return String.join("\n", events.subList(Math.max(0, events.size() - 6), events.size()))
          + "\n"
          + err;
    }
  }

  boolean running() {
    return process.isAlive();
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Waits until it is that old or has ended. */
  void awaitAge(Duration age) {
    try {
      process.waitFor(Math.max(0, age.minus(age()).toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Sends a signal by name: the launcher has become the JVM, so this is the controller itself. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Whether it has written that by now. */
  boolean says(String text) {
    return read(out).contains(text);
  }

  Ended await() {
    try {
      if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        throw new Machine.Failure("the run did not end within " + DEADLINE + "\n" + read(out));
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return new Ended(
        process.exitValue(), new ArrayList<>(read(out).lines().toList()), read(err), age());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
