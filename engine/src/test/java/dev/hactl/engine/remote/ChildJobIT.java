package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.finished;
import static dev.hactl.engine.remote.Shells.out;
import static dev.hactl.engine.remote.Shells.runs;
import static dev.hactl.engine.remote.Shells.send;
import static dev.hactl.engine.remote.Shells.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import dev.hactl.lab.LoopbackHost;
import dev.hactl.lab.LoopbackProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jobs that hold only texts of hactl's own stay in the supervisor's session once that is known to
 * be its own; they can be ended like all others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChildJobIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private LoopbackHost lab;
  @TempDir Path temp;

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .user("busy", "/bin/bash")
            .setup("echo 'sleep 4730 &' > /home/busy/.bashrc")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private static Shell warm(RemoteHost host) throws Exception {
    Shell shell = host.shell(LOGIN);
    assertEquals("warm\n", out(shell, "echo warm"));
    return shell;
  }

  @ParameterizedTest
  @EnumSource(names = {"SSH", "OPENSSH"})
  void itSharesTheSupervisorsSession(Kind kind) throws Exception {
    try (RemoteHost host = Remote.connect(Shells.as(kind, lab.settings()), Shells.RUN)) {
      Shell shell = warm(host);
      String look = "read -r l </proc/self/stat; set -- ${l##*\") \"}; echo $4 $$";
      String[] own = out(shell, look).strip().split(" ");
      assertEquals(own[1], own[0], "the session is that of the supervisor");
      String[] foreign =
          finished(shell, Fragment.step("foreign", look)).out().text().strip().split(" ");
      assertNotEquals(own[0], foreign[0], "foreign text gets a session of its own");
      assertEquals(
          List.of("3/a\n/b\n", "0//", "4/c\n/"),
          send(
                  shell,
                  Fragment.probe("a", "echo a; echo b >&2; exit 3"),
                  Fragment.probe("quiet", "x=1; cd /; umask 077; trap 'echo no' EXIT; trap - EXIT"),
                  Fragment.step("landing", "echo c; exit 4").leavingNothing())
              .stream()
              .map(Shells::finished)
              .map(f -> f.status() + "/" + f.out() + "/" + f.err())
              .toList());
      assertEquals("- 0022\n", out(shell, "echo ${x:--} $(umask)"));
    }
  }

  /** One is named and ended; one that ignores the signal is killed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSH     | PROBE         | (sleep 4731)                               | sleep 4731",
        "OPENSSH | PROBE         | (sleep 4731)                               | sleep 4731",
        "SSH     | INTERRUPTIBLE | trap '' TERM; while :; do sleep 4732; done | sleep 4732",
        "OPENSSH | INTERRUPTIBLE | trap '' TERM; while :; do sleep 4732; done | sleep 4732",
      },
      quoteCharacter = '"')
  void oneThatHangsIsEnded(Kind kind, Policy policy, String text, String program) throws Exception {
    try (RemoteHost host = Remote.connect(Shells.as(kind, lab.settings()), Shells.RUN)) {
      Shell shell = warm(host);
      Fragment hangs =
          Fragment.probe("hangs", text)
              .withPolicy(policy)
              .leavingNothing()
              .withDeadline(Duration.ofMillis(400));
      Outcome.TimedOut outcome = assertInstanceOf(Outcome.TimedOut.class, send(shell, hangs));
      assertTrue(outcome.doing().contains(program), outcome.doing());
      assertFalse(outcome.abandoned());
      assertFalse(runs(program));
      assertEquals("next\n", out(shell, "echo next"));
    }
  }

  @Test
  void cancelEndsItAndLeavesAloneWhatALoginShellStarted() throws Exception {
    try (RemoteHost host = Remote.connect(lab.settings("busy"), Shells.RUN)) {
      Shell shell = warm(host);
      assertTrue(within(SOON, () -> runs("sleep 4730")));
      CompletableFuture<List<Outcome>> answer =
          CompletableFuture.supplyAsync(
              () -> send(shell, Fragment.probe("long", "sleep 4733"), Fragment.probe("b", ":")));
      assertTrue(within(SOON, () -> runs("sleep 4733")));
      shell.cancel();
      assertEquals(List.of(new Outcome.Cancelled(false), new Outcome.NotRun()), answer.get());
      assertFalse(runs("sleep 4733"));
      assertTrue(runs("sleep 4730"));
      assertEquals("next\n", out(shell, "echo next"));
      finished(shell, Fragment.step("end it", "kill $(pgrep -f 'sleep 4730')"));
    }
  }

  @Test
  void itEndsWithTheLink() throws Exception {
    try (LoopbackProxy proxy = LoopbackProxy.to(lab.port());
        RemoteHost host = Shells.through(proxy, lab.settings(), temp.resolve("known"))) {
      Shell shell = warm(host);
      CompletableFuture<Outcome> answer =
          CompletableFuture.supplyAsync(() ->
              send(
                  shell,
                  Fragment.step("long", "trap '' TERM; sleep 4734; sleep 4735").leavingNothing()));
      assertTrue(within(SOON, () -> runs("sleep 4734")));
      proxy.cut();
      assertInstanceOf(Outcome.Lost.class, answer.get());
      assertTrue(
          within(Duration.ofSeconds(5), () -> !runs("sleep 4734") && !runs("sleep 4735")),
          "gone within 5 s");
    }
  }
}
