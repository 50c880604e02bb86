package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Starts the launcher as users do, on the build that this test run packaged. */
abstract class Launched {
  static final Path LAUNCHER = Path.of("../hactl").toAbsolutePath().normalize();
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  @TempDir Path folder;
  Path cache;

  @BeforeEach
  void aFreshCache() {
    cache = folder.resolve("cache");
  }

  /** The start-up cache, when it is made. */
  Path awaitCache() throws Exception {
    await("a cache is made", cacheFolder -> note(cacheFolder) != null);
    return caches().getFirst();
  }

  void await(String what, Predicate<Path> condition) throws Exception {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.test(cache.resolve("hactl"))) {
      assertTrue(System.nanoTime() < end, what + " within " + DEADLINE);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("hactl"))) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  static Path note(Path cacheFolder) {
    try (Stream<Path> files = Files.list(cacheFolder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("start."))
          .findFirst()
          .orElse(null);
    } catch (IOException notYet) {
      return null;
    }
  }

  Ended run(Path where, Map<String, String> environment, String... command) throws Exception {
    return ended(start(where, environment, command));
  }

  Process start(Path where, Map<String, String> environment, String... command) throws IOException {
    var words = new ArrayList<>(List.of("/usr/bin/env"));
    words.addAll(List.of(command));
    var builder = new ProcessBuilder(words).directory(where.toFile());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    if (environment.containsKey("HOME")) {
      builder.environment().remove("XDG_CACHE_HOME");
    }
    return builder.start();
  }

  static Ended ended(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS), "ends");
    return new Ended(process.exitValue(), out, err);
  }

  record Ended(int status, String out, String err) {}
}
