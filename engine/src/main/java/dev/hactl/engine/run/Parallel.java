package dev.hactl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Does the same for several hosts at once and waits for all. */
final class Parallel {
  private Parallel() {}

  /**
   * Runs the work for each; at most {@code width} at a time. The first exception is thrown after
   * all ended.
   */
  static <T> void each(Collection<T> all, int width, Consumer<T> work) {
    if (all.size() == 1) {
      work.accept(all.iterator().next());
      return;
    }
    var slots = new Semaphore(Math.max(1, width));
    List<Future<?>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T one : all) {
        futures.add(
            threads.submit(() -> {
              slots.acquireUninterruptibly();
              try {
                work.accept(one);
              } finally {
                slots.release();
              }
            }));
      }
    }
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException r) {
          throw r;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
