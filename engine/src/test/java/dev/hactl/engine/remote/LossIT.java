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
import dev.hactl.lab.LoopbackHost;
import dev.hactl.lab.LoopbackProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Controllers that die, links that break, hosts that vanish, processes that cannot be killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LossIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private LoopbackHost lab;
  @TempDir Path temp;

  @BeforeAll
  void start() {
    lab = LoopbackHost.start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private static LockRecord record() {
    return new LockRecord("next-run", "tester", "lab", "rerun", Instant.now());
  }

  @ParameterizedTest
  @EnumSource(names = {"SSH", "OPENSSH"})
  void aKilledControllerLeavesNoInterruptibleProcessAndNoLock(Kind kind) throws Exception {
    Path begun = temp.resolve("begun" + kind);
    Process controller =
        ChildController.start(
            Shells.as(kind, lab.settings()),
            "trap '' TERM; touch " + begun + "; sleep 4721; sleep 4722",
            "true",
            Policy.INTERRUPTIBLE);
    assertTrue(within(SOON, () -> Files.exists(begun) && runs("sleep 4721")));
    controller.destroyForcibly().waitFor();
    assertTrue(
        within(Duration.ofSeconds(5), () -> !runs("sleep 4721") && !runs("sleep 4722")),
        "gone within 5 s");
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      HostLock.Result.Acquired lock =
          assertInstanceOf(HostLock.Result.Acquired.class, HostLock.acquire(host, LOGIN, record()));
      lock.handle().close();
      assertEquals(List.of(), host.detached(LOGIN));
      assertEquals("lock\n", out(host.shell(LOGIN), "ls /run/hactl | grep -v -e holder -e beat"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SSH", "OPENSSH"})
  void aKilledControllerDoesNotStopAProtectedStep(Kind kind) throws Exception {
    Path begun = temp.resolve("protected" + kind);
    Process controller =
        ChildController.start(
            Shells.as(kind, lab.settings()),
            "echo first",
            "echo one; touch " + begun + "; sleep 6.5; echo two; echo err >&2; exit 3",
            Policy.PROTECTED);
    assertTrue(within(SOON, () -> Files.exists(begun)));
    controller.destroyForcibly().waitFor();
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      assertTrue(
          within(
              SOON,
              () -> {
                try {
                  return host.detached(LOGIN).size() == 1;
                } catch (UnreachableException e) {
                  throw new IllegalStateException(e);
                }
              }));
      Detached step = host.detached(LOGIN).getFirst();
      assertEquals("killed-run", step.run());
      assertTrue(step.running());
      HostLock.Result other =
          HostLock.acquire(
              host,
              LOGIN,
              new LockRecord("x", "somebody else", "elsewhere", "curious", Instant.now()));
      if (other instanceof HostLock.Result.HeldBy held) {
        assertTrue(held.orphaned());
        assertEquals("killed-run", held.holder().run());
      }
      Outcome.Finished end = finished(host.attach(LOGIN, step, SOON));
      assertEquals("one\ntwo\n", end.out().text());
      assertEquals("err\n", end.err().text());
      assertEquals(3, end.status());
      assertEquals(List.of(), host.detached(LOGIN));
      assertInstanceOf(HostLock.Result.Acquired.class, HostLock.acquire(host, LOGIN, record()));
    }
  }

  @Test
  void aVanishedHostIsLostAtOnce() throws Exception {
    try (LoopbackHost brief = LoopbackHost.start();
        RemoteHost host = Remote.connect(brief.settings(), Shells.RUN)) {
      Shell shell = host.shell(LOGIN);
      Path begun = temp.resolve("vanish");
      CompletableFuture<List<Outcome>> answer =
          CompletableFuture.supplyAsync(() ->
              send(
                  shell,
                  Fragment.step("long", "touch " + begun + "; sleep 4723"),
                  Fragment.step("later", ":")));
      assertTrue(within(SOON, () -> Files.exists(begun)));
      brief.close();
      Outcome.Lost lost = assertInstanceOf(Outcome.Lost.class, answer.get().getFirst());
      assertTrue(lost.why().contains("connection"), lost.why());
      assertInstanceOf(Outcome.NotRun.class, answer.get().get(1));
      assertInstanceOf(Outcome.Lost.class, send(shell, Fragment.probe("x", "echo x")));
    }
  }

  @Test
  void aProtectedStepIsFoundAgainAfterTheLinkBroke() throws Exception {
    try (LoopbackProxy proxy = LoopbackProxy.to(lab.port());
        RemoteHost host = Shells.through(proxy, lab.settings(), temp.resolve("known"))) {
      Path begun = temp.resolve("link");
      CompletableFuture<List<Outcome>> answer =
          CompletableFuture.supplyAsync(() -> {
            try {
              return send(
                  host.shell(LOGIN),
                  Fragment.step("transaction", "touch " + begun + "; sleep 2.9; echo whole; exit 4")
                      .withPolicy(Policy.PROTECTED),
                  Fragment.probe("after", "echo after"));
            } catch (UnreachableException e) {
              throw new IllegalStateException(e);
            }
          });
      assertTrue(within(SOON, () -> Files.exists(begun)));
      proxy.cut();
      Outcome.Finished end = finished(answer.get().getFirst());
      assertEquals("whole\n", end.out().text());
      assertEquals(4, end.status());
      assertInstanceOf(Outcome.NotRun.class, answer.get().get(1));
      assertEquals("new\n", out(host.shell(LOGIN), "echo new"));
      assertEquals(List.of(), host.detached(LOGIN));
    }
  }

  @Test
  void anInterruptibleStepIsLostAndEndedWhenTheLinkBreaks() throws Exception {
    try (LoopbackProxy proxy = LoopbackProxy.to(lab.port());
        RemoteHost host = Shells.through(proxy, lab.settings(), temp.resolve("known2"))) {
      Path begun = temp.resolve("link2");
      Shell shell = host.shell(LOGIN);
      CompletableFuture<Outcome> answer =
          CompletableFuture.supplyAsync(
              () -> send(shell, Fragment.step("long", "touch " + begun + "; sleep 4724")));
      assertTrue(within(SOON, () -> Files.exists(begun)));
      proxy.cut();
      assertInstanceOf(Outcome.Lost.class, answer.get());
      assertTrue(within(Duration.ofSeconds(5), () -> !runs("sleep 4724")));
    }
  }

  /** A frozen process takes no signal, not even SIGKILL: just what one in D state does. */
  @Test
  void aProcessThatCannotBeKilledIsAbandonedByName() throws Exception {
    Path freezer = Path.of("/sys/fs/cgroup/freezer/hactl-test-" + lab.port());
    assertTrue(Files.isWritable(freezer.getParent()), "needs the cgroup v1 freezer");
    Files.createDirectory(freezer);
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      Shell shell = host.shell(LOGIN);
      String stuck =
          "sh -c 'echo $$ >%1$s/tasks; exec sleep 4725' & sleep 0.3; echo FROZEN >%1$s/freezer.state; wait"
              .formatted(freezer);
      long start = System.nanoTime();
      Outcome.TimedOut outcome =
          assertInstanceOf(
              Outcome.TimedOut.class,
              send(shell, Fragment.step("stuck", stuck).withDeadline(Duration.ofSeconds(1))));
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(outcome.abandoned(), outcome.toString());
      assertTrue(outcome.doing().contains("uninterruptible sleep"), outcome.doing());
      assertTrue(outcome.doing().endsWith(": sleep"), outcome.doing());
      assertTrue(host.degraded());
      assertTrue(millis < 1000 + 3500, millis + " ms");
      assertEquals("works\n", out(shell, "echo works"));
      assertEquals("works\n", finished(shell, Fragment.step("s", "echo works")).out().text());
    } finally {
      Files.writeString(freezer.resolve("freezer.state"), "THAWED");
      assertTrue(within(Duration.ofSeconds(5), () -> !runs("sleep 4725")));
      Files.delete(freezer);
    }
  }

  @Test
  void aShellKilledOnTheHostIsNoticedWithoutWaitingForTheDeadline() throws Exception {
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      Shell shell = host.shell(LOGIN);
      Outcome outcome =
          send(shell, Fragment.step("kills its leader", "kill -9 $PPID; sleep 0.2; exit 0"));
      Outcome.Lost lost = assertInstanceOf(Outcome.Lost.class, outcome);
      assertTrue(lost.why().contains("was killed"), lost.why());
      assertEquals("next\n", out(shell, "echo next"));
      assertFalse(host.degraded());
    }
  }
}
