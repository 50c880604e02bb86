package dev.hactl.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hactl.cli.ExitCode;
import dev.hactl.lab.Deadline;
import dev.hactl.lab.LoopbackHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two runs never change a host at the same time, whoever logs in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir private static Path temp;
  private LoopbackHost lab;

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .user("ann", "/bin/sh")
            .user("bob", "/bin/sh")
            .sudoers("ann,bob ALL=(ALL) NOPASSWD: ALL")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  /** A run as this user that works as root until the file is there. */
  private CompletableFuture<Told> busy(String user, Path begun, Path end) {
    Site site =
        Site.in(temp)
            .host("db1", lab.settings(user))
            .tasks(
                "become: true",
                "- shell: touch %s; until [ -e %s ]; do sleep 0.1; done".formatted(begun, end));
    return CompletableFuture.supplyAsync(() -> site.apply());
  }

  private Told second(String user, String keywords) {
    return Site.in(temp)
        .host("db1", lab.settings(user))
        .tasks(keywords, "- file: {path: /run/second, state: touch}")
        .apply();
  }

  @Test
  void rootsLockIsOneForTheHost() throws Exception {
    Path begun = temp.resolve("begun");
    Path end = temp.resolve("end");
    CompletableFuture<Told> first = busy("ann", begun, end);
    Deadline.in(SOON).await("the first run to work", () -> Files.exists(begun) || first.isDone());
    for (String user : new String[] {"bob", "root"}) {
      Told told = second(user, user.equals("root") ? "" : "become: true");
      assertEquals(ExitCode.LOCKED, told.exit(), told.text());
      told.says(
          "PLAY STOPPED: db1 is locked by run ",
          " of " + System.getProperty("user.name") + " on ",
          " (apply), last heard ",
          "nothing was changed",
          "db1                        : not started");
      assertFalse(told.text().contains("changed: ["), told.text());
    }
    Files.createFile(end);
    first.get().converged("db1", 1, 1);
    second("bob", "become: true").converged("db1", 1, 1);
  }
}
