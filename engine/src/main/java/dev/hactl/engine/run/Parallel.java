package dev.hactl.engine.run;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Does the same for several hosts at once and waits for all.
 *
 * <p>On threads of the operating system: a virtual thread that reads from a socket leaves a poller
 * behind that waits inside the kernel, and an ending JVM waits 300 ms while any such thread is
 * there.
 */
final class Parallel {
  private Parallel() {}

  /**
   * Runs the work for each; at most {@code width} at a time, one of them on the calling thread. The
   * first one's exception is thrown after all ended.
   */
  static <T> void each(Collection<T> all, int width, Consumer<T> work) {
    each(all, width, Thread.ofPlatform().daemon()::start, work);
  }

  /**
   * The same with threads that are there already.
   *
   * @param helpers starts each piece of work at once, on another thread
   */
  static <T> void each(Collection<T> all, int width, Executor helpers, Consumer<T> work) {
    List<T> items = List.copyOf(all);
    var next = new AtomicInteger();
    var failures = new AtomicReferenceArray<Throwable>(items.size());
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
            try {
              work.accept(items.get(i));
            } catch (RuntimeException | Error e) {
              failures.set(i, e);
            }
          }
        };
    int others = Math.max(0, Math.min(width, items.size()) - 1);
    var ended = new CountDownLatch(others);
    for (int i = 0; i < others; i++) {
      helpers.execute(() -> {
        try {
          worker.run();
        } finally {
          ended.countDown();
        }
      });
    }
    worker.run();
    await(ended);
    for (int i = 0; i < items.size(); i++) {
      switch (failures.get(i)) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> {}
      }
    }
  }

  /** Who interrupts the caller wants it to hear of it afterwards, not to leave work behind. */
  private static void await(CountDownLatch ended) {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
