package dev.hactl.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How the operator ends a run: asked from a signal handler, heeded by the run between and inside
 * tasks.
 */
public final class RunControl {

  /** The signals that end a run. */
  public enum Signal {
    INT(130),
    TERM(143);

    private final int exit;

    Signal(int exit) {
      this.exit = exit;
    }

    /** The exit code of a run ended by it. */
    public int exit() {
      return exit;
    }
  }

  private final AtomicReference<Signal> asked = new AtomicReference<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private final List<String> kept = new CopyOnWriteArrayList<>();

  /** Ends the run: no new task, interruptible steps are killed, protected ones are waited for. */
  public void stop(Signal signal) {
    if (asked.compareAndSet(null, signal)) {
      List<Runnable> all;
      synchronized (listeners) {
        all = List.copyOf(listeners);
      }
      all.forEach(Runnable::run);
    }
  }

  /** The signal that was given, if any. */
  public Optional<Signal> signal() {
    return Optional.ofNullable(asked.get());
  }

  /** What is at work on hosts right now and will not be interrupted, for people. */
  public List<String> kept() {
    return List.copyOf(kept);
  }

  /** Work that must not be interrupted, until it is closed. */
  interface Kept extends AutoCloseable {
    @Override
    void close();
  }

  /** Notes that work began which must not be interrupted. */
  Kept keep(String host, String what) {
    String words = host + " (" + what + ")";
    kept.add(words);
    return () -> kept.remove(words);
  }

  boolean stopping() {
    return asked.get() != null;
  }

  /** Runs when the run is stopped, at once when it already was. */
  void onStop(Runnable listener) {
    synchronized (listeners) {
      listeners.add(listener);
    }
    if (stopping()) {
      listener.run();
    }
  }
}
