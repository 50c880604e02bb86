package dev.hactl.engine.run;

import dev.hactl.engine.report.Stepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How the operator steers a run: ended from a signal handler, which the run heeds between and
 * inside tasks, or asked before each task.
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
  private final Optional<Stepper> stepper;
  private volatile Optional<String> quitBefore = Optional.empty();

  /** Of a run that asks nobody. */
  public RunControl() {
    this(Optional.empty());
  }

  /**
   * Of a run.
   *
   * @param stepper who is asked before each task, if somebody is
   */
  public RunControl(Optional<Stepper> stepper) {
    this.stepper = stepper;
  }

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

  /** The same, because it was answered so when it was asked whether to do a task. */
  void quit(String task) {
    quitBefore = Optional.of(task);
    stop(Signal.INT);
  }

  /** The task before which the operator ended the run, when that was an answer and no signal. */
  Optional<String> quitBefore() {
    return quitBefore;
  }

  /** Whether somebody is to be asked before each task. */
  boolean steps() {
    return stepper.isPresent();
  }

  /** Asks, and waits for the answer; empty when the run was stopped before there was one. */
  Optional<Stepper.Answer> ask(Stepper.Question question) {
    var answer = new CompletableFuture<Optional<Stepper.Answer>>();
    Runnable unanswered = () -> answer.complete(Optional.empty());
    onStop(unanswered);
    // On a thread of its own: nothing ends a wait for what somebody types.
    Thread.ofPlatform()
        .daemon()
        .name("hactl-question")
        .start(() -> {
          try {
            answer.complete(stepper.map(s -> s.ask(question)));
          } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.join();
    } finally {
      synchronized (listeners) {
        listeners.remove(unanswered);
      }
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
