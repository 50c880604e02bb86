package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the launcher itself does. */
class LauncherIT extends Launched {

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

  private static boolean isNewer(Path file, Path other) {
    try {
      return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other)) > 0;
    } catch (IOException beingReplaced) {
      return true;
    }
  }
}
