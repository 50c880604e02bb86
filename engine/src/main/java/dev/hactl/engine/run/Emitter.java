package dev.hactl.engine.run;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Reporter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands events on in their order, one at a time: at once, or behind the run's back while it goes
 * on.
 */
final class Emitter implements AutoCloseable {
  private final Reporter reporter;
  private final Executor helpers;
  private final Queue<Event> waiting = new ArrayDeque<>();
  private boolean telling;
  private @Nullable Throwable failure;

  /** An emitter that tells everything at once. */
  Emitter(Reporter reporter) {
    this(reporter, Runnable::run);
  }

  /**
   * An emitter.
   *
   * @param helpers on whose threads is told what may be told a little later
   */
  Emitter(Reporter reporter, Executor helpers) {
    this.reporter = reporter;
    this.helpers = helpers;
  }

  /** Whether results are wanted in what tasks end with. */
  boolean showsResults() {
    return reporter.showsResults();
  }

  /** Tells an event after all that came before; returns when it is told. */
  void emit(Event event) {
    settle();
    synchronized (reporter) {
      reporter.report(event);
    }
  }

  /**
   * Tells an event after all that came before, without waiting for it. Writing to a terminal takes
   * as long as preparing a change.
   */
  void behind(Event event) {
    synchronized (waiting) {
      waiting.add(event);
      if (telling) {
        return;
      }
      telling = true;
    }
    helpers.execute(this::tell);
  }

  private void tell() {
    while (true) {
      Event next;
      synchronized (waiting) {
        next = waiting.poll();
        if (next == null || failure != null) {
          telling = false;
          waiting.clear();
          waiting.notifyAll();
          return;
        }
      }
      try {
        synchronized (reporter) {
          reporter.report(next);
        }
      } catch (RuntimeException | Error e) {
        synchronized (waiting) {
          failure = e;
        }
      }
    }
  }

  /** Returns when everything is told. */
  @Override
  public void close() {
    settle();
  }

  /** Waits until everything is told; what went wrong with that is thrown here. */
  void settle() {
    Throwable gone;
    boolean interrupted = false;
    synchronized (waiting) {
      while (telling) {
        try {
          waiting.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      gone = failure;
      failure = null;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (gone) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }
}
