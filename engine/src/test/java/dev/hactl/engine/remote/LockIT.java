package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.finished;
import static dev.hactl.engine.remote.Shells.out;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.remote.HostLock.Result;
import dev.hactl.lab.LoopbackHost;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run at a time. */
class LockIT {
  private LoopbackHost lab;

  @BeforeEach
  void start() {
    lab = LoopbackHost.builder().user("plain", "/bin/sh").start();
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private RemoteHost host(String user, String run) throws Exception {
    return Remote.connect(lab.settings(user), new RunInfo(run, "tester", "lab"));
  }

  private static LockRecord record(String run, String user) {
    return new LockRecord(run, user, "desk", "reinstall 'db1' \\n", Instant.ofEpochMilli(1234));
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "plain"})
  void theSecondRunIsToldWhoHoldsTheLock(String user) throws Exception {
    try (RemoteHost one = host(user, "one");
        RemoteHost two = host(user, "two")) {
      Result.Acquired first =
          assertInstanceOf(
              Result.Acquired.class, HostLock.acquire(one, LOGIN, record("one", "ann")));
      long start = System.nanoTime();
      Result.HeldBy held =
          assertInstanceOf(Result.HeldBy.class, HostLock.acquire(two, LOGIN, record("two", "bob")));
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos(), "at once");
      assertEquals(record("one", "ann"), held.holder());
      assertFalse(held.orphaned());
      assertTrue(held.lastHeard().toSeconds() < 10, held.toString());
      first.handle().heartbeat();
      first.handle().close();
      out(one.shell(LOGIN), "echo released");
      assertInstanceOf(Result.Acquired.class, HostLock.acquire(two, LOGIN, record("two", "bob")));
      assertInstanceOf(Result.HeldBy.class, HostLock.acquire(one, LOGIN, record("one", "ann")));
    }
  }

  @Test
  void theLockEndsWithItsConnection() throws Exception {
    try (RemoteHost one = host("root", "one")) {
      HostLock.acquire(one, LOGIN, record("one", "ann"));
    }
    try (RemoteHost two = host("root", "two")) {
      assertInstanceOf(Result.Acquired.class, HostLock.acquire(two, LOGIN, record("two", "bob")));
    }
  }

  @Test
  void stepsAndWhatTheyLeaveBehindDoNotKeepTheLock() throws Exception {
    try (RemoteHost one = host("root", "one")) {
      HostLock.acquire(one, LOGIN, record("one", "ann"));
      finished(one.shell(LOGIN), Fragment.step("daemon", "sleep 60 >/dev/null 2>&1 &"));
      finished(
          one.shell(LOGIN),
          Fragment.step("protected", "sleep 60 >/dev/null 2>&1 &").withPolicy(Policy.PROTECTED));
    }
    try (RemoteHost two = host("root", "two")) {
      assertInstanceOf(Result.Acquired.class, HostLock.acquire(two, LOGIN, record("two", "bob")));
    }
  }

  @Test
  void aControllerNotHeardOfForLongLosesTheLockAndItsJob() throws Exception {
    try (RemoteHost one = host("root", "one");
        RemoteHost two = host("root", "two")) {
      HostLock.acquire(one, LOGIN, record("one", "ann"));
      Shell shell = one.shell(LOGIN);
      CompletableFuture<Outcome> job =
          CompletableFuture.supplyAsync(
              () -> Shells.send(shell, Fragment.probe("hangs", "(sleep 4741)")));
      assertTrue(Shells.within(Duration.ofSeconds(30), () -> Shells.runs("sleep 4741")));
      out(two.shell(LOGIN), "echo $(($(date +%s) - 1000)) >/run/hactl/beat");
      assertInstanceOf(Result.Acquired.class, HostLock.acquire(two, LOGIN, record("two", "bob")));
      assertTrue(Shells.within(Duration.ofSeconds(30), () -> !Shells.runs("sleep 4741")));
      job.join(); // it may have told its end before the shell was gone
      assertInstanceOf(Outcome.Lost.class, Shells.send(shell, Fragment.probe("x", "echo x")));
    }
  }
}
