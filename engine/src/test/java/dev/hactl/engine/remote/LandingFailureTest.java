package dev.hactl.engine.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.LocalShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stays when a file does not land. */
class LandingFailureTest extends Landings {
  @ParameterizedTest
  @EnumSource
  void whatIsNoFileIsRefused(LocalShell shell) throws Exception {
    Files.createDirectory(dir.resolve("d"));
    ok("mkfifo " + dir.resolve("fifo"));
    assertTrue(land(shell, put(dir.resolve("d"), "x")).contains("is a directory"));
    assertTrue(land(shell, put(dir.resolve("fifo"), "x")).contains("is not a regular file"));
    assertTrue(
        land(shell, put(dir.resolve("no/such"), "x"))
            .contains("the directory " + dir + "/no does not exist"));
    onlyThese("d", "fifo");
  }

  @ParameterizedTest
  @EnumSource
  void anInvalidCandidateLeavesTheTargetAlone(LocalShell shell) throws IOException {
    Path file = dir.resolve("a b");
    Files.writeString(file, "old\n");
    LocalShell.Result bad =
        run(shell, put(file, "bad\n").validate("grep -q good '%s' || { echo no good; exit 7; }"));
    assertEquals(7, bad.status());
    assertEquals("no good\n", bad.out());
    assertTrue(bad.err().contains("not valid") && bad.err().contains("status 7"), bad.err());
    assertEquals("old\n", Files.readString(file));
    onlyThese("a b");

    assertEquals("", land(shell, put(file, "good\n").validate("grep -q good %s")));
    assertEquals("good\n", Files.readString(file));
  }

  @ParameterizedTest
  @EnumSource
  void leftoversOfAKilledRunAreReplaced(LocalShell shell) throws IOException {
    Path file = dir.resolve("f");
    Path trap = dir.resolve("victim");
    Files.writeString(trap, "precious\n");
    Files.createSymbolicLink(Path.of(Landing.temporaryFor(file.toString())), trap);
    assertEquals("", land(shell, put(file, "x\n")));
    assertEquals("x\n", Files.readString(file));
    assertEquals("precious\n", Files.readString(trap));
    onlyThese("f", "victim");
  }

  @ParameterizedTest
  @EnumSource
  void aFileTooLargeForTheDiskLeavesTheOldOne(LocalShell shell) throws Exception {
    Path mount = Files.createDirectory(dir.resolve("small"));
    ok("mount -t tmpfs -o size=64k none " + mount);
    try {
      Path file = mount.resolve("f");
      Files.writeString(file, "old\n");
      LocalShell.Result failed = run(shell, put(file, "0123456789abcdef".repeat(8192)));
      assertNotEquals(0, failed.status());
      assertTrue(failed.err().contains("disk full"), failed.err());
      assertTrue(failed.err().contains("is unchanged"), failed.err());
      assertEquals("old\n", Files.readString(file));
      try (var files = Files.list(mount)) {
        assertEquals(List.of(file), files.toList());
      }
    } finally {
      ok("umount " + mount);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadOnlyFileSystemSaysSo(LocalShell shell) throws Exception {
    Path mount = Files.createDirectory(dir.resolve("ro"));
    ok("mount -t tmpfs -o ro none " + mount);
    try {
      LocalShell.Result failed = run(shell, put(mount.resolve("f"), "x"));
      assertNotEquals(0, failed.status());
      assertTrue(failed.err().contains("Read-only file system"), failed.err());
      assertTrue(failed.err().contains("cannot make a file in " + mount), failed.err());
    } finally {
      ok("umount " + mount);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSignalRemovesTheTemporaryFile(LocalShell shell) throws Exception {
    Path file = dir.resolve("f");
    Files.writeString(file, "old\n");
    Path script = dir.resolve("script");
    // The validator tells by a file that the candidate is there, then waits to be killed.
    Path there = dir.resolve("there");
    Files.writeString(
        script, text(put(file, "new\n").validate("echo %s >" + there + "; sleep 50")));
    for (String signal : List.of("TERM", "HUP", "INT")) {
      Process process = shell.start(script).redirectErrorStream(true).start();
      until(() -> Files.exists(there) && Files.size(there) > 1);
      for (ProcessHandle child : process.descendants().toList()) {
        ok("kill -" + signal + " " + child.pid() + " || true");
      }
      ok("kill -" + signal + " " + process.pid() + " || true");
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertNotEquals(0, process.exitValue());
      assertEquals("old\n", Files.readString(file));
      Files.delete(there);
      onlyThese("f", "script");
    }
  }

  private interface Check {
    boolean holds() throws IOException;
  }

  private static void until(Check check) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!check.holds()) {
      assertTrue(System.nanoTime() < deadline, "nothing happened in 20 s");
      Thread.sleep(10);
    }
  }
}
