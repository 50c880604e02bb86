package dev.hactl.cli;

import dev.hactl.cli.output.JsonOutput;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.report.Reporter;
import dev.hactl.engine.run.RunOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a run on the controller: every event, one JSON object a line, in {@code
 * $XDG_STATE_HOME/hactl/runs}. It is written from the first change or failure on; a run that found
 * nothing to do leaves none. A journal that cannot be written does not stop a run.
 */
final class Journal implements Reporter, AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final String run;
  private final Path folder;
  private final boolean check;
  private final List<Event> waiting = new ArrayList<>();
  private @Nullable JsonOutput output;
  private @Nullable PrintStream file;
  private boolean broken;

  private Journal(String run, Path folder, boolean check) {
    this.run = run;
    this.folder = folder;
    this.check = check;
  }

  static Journal open(RunOptions options, Map<String, String> environment) {
    String run =
        LocalDateTime.now(ZoneOffset.UTC).format(STAMP)
            + "-"
            + String.format("%04x", new SecureRandom().nextInt(0x10000));
    return new Journal(run, folder(environment), options.check());
  }

  /** Where the journals are. */
  static Path folder(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path home =
        state.isEmpty()
            ? Path.of(System.getProperty("user.home", "/"), ".local", "state")
            : Path.of(state);
    return home.resolve("hactl").resolve("runs");
  }

  /** The run's id. */
  String run() {
    return run;
  }

  @Override
  public void report(Event event) {
    if (check || broken) {
      return;
    }
    JsonOutput open = output;
    if (open != null) {
      open.report(event);
      return;
    }
    waiting.add(event);
    if (worthKeeping(event)) {
      begin();
    }
  }

  private static boolean worthKeeping(Event event) {
    if (event instanceof Event.Recap recap) {
      return recap.exit() != 0; // a host that was not reached has no task that ended
    }
    return event instanceof Event.TaskEnded ended
        && switch (ended.outcome()) {
          case Outcome.Changed c -> true;
          case Outcome.Failed f -> true;
          case Outcome.Refused r -> true;
          case Outcome.Unreachable u -> true;
          case Outcome.Ok o -> false;
          case Outcome.Skipped s -> false;
          case Outcome.Said s -> false;
          case Outcome.Unknown u -> false;
        };
  }

  private void begin() {
    try {
      Files.createDirectories(folder);
      Path path =
          Files.createFile(
              folder.resolve(run + ".jsonl"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      file = new PrintStream(Files.newOutputStream(path), true, StandardCharsets.UTF_8);
      var opened = new JsonOutput(file);
      output = opened;
      waiting.forEach(opened::report);
      waiting.clear();
    } catch (IOException e) {
      broken = true;
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
