package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as users start it, on the build that this test run packaged. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of("../hactl").toAbsolutePath().normalize();
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  @TempDir Path folder;
  private Path cache;

  @BeforeEach
  void aFreshCache() {
    cache = folder.resolve("cache");
  }

  @Test
  void startsThroughLinksFromAnyFolder() throws Exception {
    Path first = Files.createSymbolicLink(folder.resolve("first"), LAUNCHER);
    Files.createSymbolicLink(folder.resolve("second"), first.getFileName());

    assertVersion(run(folder, Map.of(), "./second", "--version"));
    assertVersion(run(LAUNCHER.getParent(), Map.of(), "./hactl", "--version"));
    assertVersion(run(LAUNCHER.resolveSibling("cli"), Map.of(), "../hactl", "--version"));
    assertVersion(run(folder, Map.of("PATH", folder + ":/usr/bin:/bin"), "second", "--version"));
  }

  @Test
  void saysInOneLineWhatIsWrongWithTheJdk() throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");

    Ended ended =
        run(folder, Map.of("HACTL_JAVA", folder.toString()), LAUNCHER.toString(), "--version");

    assertEquals(1, ended.status());
    assertEquals("hactl: HACTL_JAVA=" + folder + " is not a JDK 25 or newer\n", ended.err());
  }

  @Test
  void makesItsCacheOnceHoweverManyStart() throws Exception {
    var starts = new ArrayList<Process>();
    for (int i = 0; i < 4; i++) {
      starts.add(start(folder, Map.of(), LAUNCHER.toString(), "--version"));
    }
    for (Process process : starts) {
      assertVersion(ended(process));
    }
    awaitCache();
    assertTrue(traced().contains("-XX:AOTCache="), "the cache is used");
    assertEquals(1, caches().size());
  }

  @Test
  void replacesADamagedCache() throws Exception {
    assertVersion(version());
    Path made = awaitCache();
    try (var file = new RandomAccessFile(made.toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(new byte[4096]);
    }
    assertVersion(version());
    await("the cache is made anew", cacheFolder -> !isNewer(made, note(cacheFolder)));
    assertVersion(version());
  }

  @Test
  void needsNoCache() throws Exception {
    Files.writeString(cache, "a file where the folder should be");

    assertVersion(version());
    assertVersion(run(folder, Map.of("HOME", "/dev/null"), LAUNCHER.toString(), "--version"));
  }

  @Test
  void passesTheExitCodeOn() throws Exception {
    Ended ended = run(folder, Map.of(), LAUNCHER.toString(), "aply");

    assertEquals(5, ended.status());
    assertEquals("hactl: unknown command 'aply'; did you mean 'apply'?\n", ended.err());
  }

  private static void assertVersion(Ended ended) {
    assertEquals("", ended.err());
    assertEquals(0, ended.status());
    assertTrue(ended.out().startsWith("hactl "), ended.out());
  }

  private Ended version() throws Exception {
    return run(folder, Map.of(), LAUNCHER.toString(), "--version");
  }

  private String traced() throws Exception {
    return run(folder, Map.of(), "sh", "-x", LAUNCHER.toString(), "--version").err();
  }

  private Path awaitCache() throws Exception {
    await("a cache is made", cacheFolder -> note(cacheFolder) != null);
    return caches().getFirst();
  }

  private void await(String what, Predicate<Path> condition) throws Exception {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.test(cache.resolve("hactl"))) {
      assertTrue(System.nanoTime() < end, what + " within " + DEADLINE);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("hactl"))) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  private static Path note(Path cacheFolder) {
    try (Stream<Path> files = Files.list(cacheFolder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("start."))
          .findFirst()
          .orElse(null);
    } catch (IOException notYet) {
      return null;
    }
  }

  private static boolean isNewer(Path file, Path other) {
    try {
      return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other)) > 0;
    } catch (IOException beingReplaced) {
      return true;
    }
  }

  private Ended run(Path where, Map<String, String> environment, String... command)
      throws Exception {
    return ended(start(where, environment, command));
  }

  private Process start(Path where, Map<String, String> environment, String... command)
      throws IOException {
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

  private static Ended ended(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS), "ends");
    return new Ended(process.exitValue(), out, err);
  }

  private record Ended(int status, String out, String err) {}
}
