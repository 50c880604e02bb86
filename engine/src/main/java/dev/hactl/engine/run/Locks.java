package dev.hactl.engine.run;

import dev.hactl.engine.remote.HostLock;
import dev.hactl.engine.remote.LockRecord;
import dev.hactl.engine.remote.UnreachableException;
import dev.hactl.engine.report.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Locks every host a run may change, in one global order, and keeps the locks alive. */
final class Locks implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

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

  /** Locks all or none; says who holds a lock that is not to be had. */
  boolean acquire(Collection<HostPass> passes) {
    var record =
        new LockRecord(
            run,
            options.operator().user(),
            options.operator().controller(),
            "apply",
            Instant.now());
    List<HostPass> ordered =
        passes.stream()
            .filter(p -> p.state != HostPass.State.UNREACHABLE)
            .sorted(Comparator.comparing((HostPass p) -> p.host.name()))
            .toList();
    for (HostPass pass : ordered) {
      if (!acquire(pass, record)) {
        close();
        return false;
      }
    }
    heart = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    var _ =
        heart.scheduleAtFixedRate(
            () -> held.forEach(HostLock.Handle::heartbeat),
            HEARTBEAT.toMillis(),
            HEARTBEAT.toMillis(),
            TimeUnit.MILLISECONDS);
    return true;
  }

  private boolean acquire(HostPass pass, LockRecord record) {
    try {
      return switch (HostLock.acquire(pass.link.connect(), pass.lockedAs(), record)) {
        case HostLock.Result.Acquired a -> {
          held.add(a.handle());
          yield true;
        }
        case HostLock.Result.HeldBy h -> {
          emitter.emit(
              new Event.PlayStopped(
                  pass.host.name()
                      + " is locked by run "
                      + h.holder().run()
                      + " of "
                      + h.holder().user()
                      + " on "
                      + h.holder().controller()
                      + " ("
                      + h.holder().reason()
                      + "), last heard "
                      + h.lastHeard().toSeconds()
                      + " s ago; nothing was changed"));
          yield false;
        }
        case HostLock.Result.Failed f -> {
          emitter.emit(new Event.PlayStopped(pass.host.name() + " cannot be locked: " + f.why()));
          yield false;
        }
      };
    } catch (HostLost | UnreachableException e) {
      emitter.emit(
          new Event.PlayStopped(pass.host.name() + " cannot be locked: " + e.getMessage()));
      return false;
    }
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
