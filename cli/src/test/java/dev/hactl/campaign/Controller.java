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
public final class Controller {
  private static final Pattern COUNT = Pattern.compile("\"changed\":(\\d+)");
  private static final Pattern CHANGED =
      Pattern.compile("\"event\":\"task_ended\".*\"outcome\":\"changed\"");
  private static final Pattern TASK =
      Pattern.compile("\"event\":\"task_started\",\"task\":\"(.*?)\",\"module\"");

  private final Process process;
  private final Duration deadline;
  private final Path out;
  private final Path err;
  private final long began = System.nanoTime();

  private Controller(Process process, Duration deadline, Path out, Path err) {
    this.process = process;
    this.deadline = deadline;
    this.out = out;
    this.err = err;
  }

  /**
   * What to run.
   *
   * @param launcher the repository's {@code hactl}
   * @param folder where output and journals go
   * @param deadline how long a run may take
   */
  public record Command(
      Path launcher, Path playbook, List<Path> inventories, Path folder, Duration deadline) {
    Controller start() {
      try {
        Files.createDirectories(folder);
        Path out = Files.createTempFile(folder, "run", ".jsonl");
        Path err = Files.createTempFile(folder, "run", ".err");
        var words =
            new ArrayList<>(
                List.of(launcher.toString(), "apply", playbook.toString(), "--output", "json"));
        inventories.forEach(i -> words.addAll(List.of("-i", i.toString())));
        var builder =
            new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("XDG_STATE_HOME", folder.toString());
        return new Controller(builder.start(), deadline, out, err);
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

    /** Changes it told of, also without a recap. */
    int changes() {
      return (int) events.stream().filter(e -> CHANGED.matcher(e).find()).count();
    }

    /** The task it was at. */
    String lastTask() {
      String task = "";
      for (String event : events) {
        Matcher started = TASK.matcher(event);
        task = started.find() ? started.group(1) : task;
      }
      return task;
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

  /** How many changes it has told of by now. */
  int changes() {
    return (int) CHANGED.matcher(read(out)).results().count();
  }

  Ended await() {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        throw new Machine.Failure("the run did not end within " + deadline + "\n" + read(out));
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
