package dev.hactl.engine.run;

import dev.hactl.engine.remote.HostLock;
import dev.hactl.engine.remote.LockRecord;
import dev.hactl.engine.remote.UnreachableException;
import dev.hactl.engine.report.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Locks every host a run may change, in one global order, and keeps the locks alive. */
final class Locks implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

  /** Hosts count in whole seconds. */
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  private final Emitter emitter;
  private final RunOptions options;
  private final String run;
  private final List<HostLock.Handle> held = new ArrayList<>();
  private @Nullable ScheduledExecutorService heart;

  Locks(Emitter emitter, RunOptions options, String run) {
    this.emitter = emitter;
    this.options = options;
    this.run = run;
  }

  /**
   * Locks all or none; says who holds a lock that is not to be had. What was seen on a host while
   * another run held its lock is forgotten.
   *
   * @param began when the first look was taken, in nanoseconds of this JVM
   */
  boolean acquire(LockTargets targets, long began) {
    var record =
        new LockRecord(
            run,
            options.operator().user(),
            options.operator().controller(),
            "apply",
            Instant.now());
    for (LockTargets.Target target : targets.ordered()) {
      if (!acquire(target, record, Duration.ofNanos(System.nanoTime() - began))) {
        close();
        return false;
      }
    }
    heart = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    var _ =
        heart.scheduleAtFixedRate(
            () -> held.forEach(HostLock.Handle::heartbeat),
            HEARTBEAT.toMillis(),
            HEARTBEAT.toMillis(),
            TimeUnit.MILLISECONDS);
    return true;
  }

  private boolean acquire(LockTargets.Target target, LockRecord record, Duration looking) {
    String host = target.link().name();
    try {
      return switch (HostLock.acquire(target.link().connect(), target.who(), record)) {
        case HostLock.Result.Acquired a -> {
          held.add(a.handle());
          if (a.free().isPresent() && a.free().get().compareTo(looking.plus(ROUNDING)) <= 0) {
            target.link().changing(); // somebody else may have changed what was seen before
          }
          if (a.remains()) {
            Remains.takeUp(target.link(), emitter);
          }
          yield true;
        }
        // One machine under two names in the inventory: the other name locked it.
        case HostLock.Result.HeldBy h when h.holder().run().equals(run) -> true;
        case HostLock.Result.HeldBy h -> {
          stop(host + " is locked by " + holder(h) + "; nothing was changed");
          yield false;
        }
        case HostLock.Result.Failed f -> {
          stop(host + " cannot be locked: " + f.why() + "; nothing was changed");
          yield false;
        }
      };
    } catch (HostLost | UnreachableException e) {
      stop(host + " cannot be locked: " + e.getMessage() + "; nothing was changed");
      return false;
    }
  }

  private static String holder(HostLock.Result.HeldBy held) {
    LockRecord holder = held.holder();
    return "run "
        + holder.run()
        + " of "
        + holder.user()
        + " on "
        + holder.controller()
        + " ("
        + holder.reason()
        + (held.orphaned()
            ? ") whose controller is gone and whose last step still runs; wait for its end"
            : "), last heard " + held.lastHeard().toSeconds() + " s ago");
  }

  private void stop(String why) {
    emitter.emit(new Event.PlayStopped(why));
  }

  @Override
  public void close() {
    if (heart != null) {
      heart.shutdownNow();
    }
    held.reversed().forEach(HostLock.Handle::close);
    held.clear();
  }
}
