package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.YamlReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Reads files on another thread before they are needed, in the order they will be: while the tasks
 * of one are understood, the text of the next is parsed.
 */
final class ReadAhead {
  /** A file that was read, and what is wrong in it. */
  private record Early(Optional<Node> root, Problems found) {}

  private final Function<Path, String> shown;
  private final Problems problems;
  private final Map<Path, FutureTask<Early>> begun = new HashMap<>();

  /**
   * A reader.
   *
   * @param shown the name that messages use for a file
   * @param problems where they are noted when the file is needed
   */
  ReadAhead(Function<Path, String> shown, Problems problems) {
    this.shown = shown;
    this.problems = problems;
  }

  /** Begins to read files that will be needed. */
  void begin(List<Path> files) {
    List<FutureTask<Early>> all =
        files.stream()
            .map(f -> begun.computeIfAbsent(f, file -> new FutureTask<>(() -> read(file))))
            .toList();
    Thread.ofPlatform().daemon().start(() -> all.forEach(FutureTask::run));
  }

  private Early read(Path file) {
    var found = new Problems(problems.keyring());
    return new Early(YamlReader.read(file, shown.apply(file), found), found);
  }

  /** The root of a file, read now if nobody began to; empty when it is empty or wrong. */
  Optional<Node> root(Path file) {
    FutureTask<Early> early = begun.get(file);
    if (early == null) {
      return YamlReader.read(file, shown.apply(file), problems);
    }
    early.run(); // does nothing when the other thread was faster
    Early done = result(early);
    problems.addAll(done.found().all());
    if (done.found().vaulted()) {
      problems.sawVaulted();
    }
    return done.root();
  }

  private static Early result(FutureTask<Early> early) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return early.get();
        } catch (InterruptedException e) {
          interrupted = true; // the file is read in any case; who asked for the end is heard after
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case Error error -> throw error;
            case RuntimeException failure -> throw failure;
            case null, default -> throw new IllegalStateException(e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
