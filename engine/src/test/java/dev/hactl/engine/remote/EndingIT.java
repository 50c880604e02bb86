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
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that takes too long or is not wanted any more, and work that must not be ended. */
class EndingIT extends OverEachTransport {
  @ParameterizedTest
  @EnumSource
  void aHangingProbeIsNamedAndEndedInTime(Kind kind) throws Exception {
    RemoteHost host = host(kind);
    Shell shell = host.shell(LOGIN);
    long start = System.nanoTime();
    Fragment hangs =
        Fragment.probe("hangs", "echo begun; sleep 4711").withDeadline(Duration.ofMillis(400));
    Outcome.TimedOut outcome =
        assertInstanceOf(
            Outcome.TimedOut.class, send(shell, hangs, Fragment.probe("b", ":")).get(0));
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(outcome.doing().contains("sleep 4711"), outcome.doing());
    assertEquals("begun\n", outcome.out().text());
    assertFalse(outcome.abandoned());
    assertFalse(host.degraded());
    assertTrue(millis < 3000, millis + " ms");
    assertFalse(runs("sleep 4711"));
    assertEquals("next\n", out(shell, "echo next"));
  }

  @ParameterizedTest
  @EnumSource
  void aHangingStepReportsWhatItWroteAndDiesEvenWhenItIgnoresTheSignal(Kind kind) throws Exception {
    Shell shell = shell(kind);
    Fragment stubborn =
        Fragment.step("stubborn", "trap '' TERM; echo began; while :; do sleep 4712; done")
            .withDeadline(Duration.ofMillis(700));
    Outcome.TimedOut outcome = assertInstanceOf(Outcome.TimedOut.class, send(shell, stubborn));
    assertEquals("began\n", outcome.out().text());
    assertFalse(outcome.abandoned(), outcome.doing());
    assertFalse(runs("sleep 4712"));
    assertEquals("next\n", out(shell, "echo next"));
  }

  @ParameterizedTest
  @EnumSource
  void cancelEndsInterruptibleWork(Kind kind) throws Exception {
    Shell shell = shell(kind);
    CompletableFuture<List<Outcome>> answer =
        CompletableFuture.supplyAsync(
            () -> send(shell, Fragment.step("long", "sleep 4713"), Fragment.step("later", ":")));
    assertTrue(within(Duration.ofSeconds(20), () -> runs("sleep 4713")));
    shell.cancel();
    assertEquals(List.of(new Outcome.Cancelled(false), new Outcome.NotRun()), answer.get());
    assertFalse(runs("sleep 4713"));
    assertEquals("next\n", out(shell, "echo next"));
  }

  @ParameterizedTest
  @EnumSource
  void cancelWaitsForProtectedWorkAndSkipsTheRest(Kind kind) throws Exception {
    RemoteHost host = host(kind);
    Shell shell = host.shell(LOGIN);
    Fragment slow =
        Fragment.step("transaction", "sleep 2.017; echo done; exit 6").withPolicy(Policy.PROTECTED);
    CompletableFuture<List<Outcome>> answer =
        CompletableFuture.supplyAsync(() ->
            send(shell, Fragment.step("note", ":"), slow, Fragment.step("later", "sleep 4714")));
    assertTrue(within(Duration.ofSeconds(20), () -> runs("sleep 2.017")));
    shell.cancel();
    List<Outcome> ended = answer.get();
    assertEquals("done\n", finished(ended.get(1)).out().text());
    assertEquals(6, finished(ended.get(1)).status());
    assertEquals(new Outcome.Cancelled(false), ended.get(2));
    assertEquals("free\n", out(shell, "echo free"));
    assertEquals(List.of(), host.detached(LOGIN));
  }

  @ParameterizedTest
  @EnumSource
  void cancelBeforeProtectedWorkKeepsItFromBeginning(Kind kind) throws Exception {
    Shell shell = shell(kind);
    CompletableFuture<List<Outcome>> answer =
        CompletableFuture.supplyAsync(() ->
            send(
                shell,
                Fragment.step("note", "sleep 2.018"),
                Fragment.step("transaction", "echo never").withPolicy(Policy.PROTECTED)));
    assertTrue(within(Duration.ofSeconds(20), () -> runs("sleep 2.018")));
    shell.cancel();
    finished(answer.get().get(0));
    assertEquals(new Outcome.Cancelled(false), answer.get().get(1));
    assertEquals("next\n", out(shell, "echo next"));
  }
}
