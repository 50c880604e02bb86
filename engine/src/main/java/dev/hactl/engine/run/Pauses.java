package dev.hactl.engine.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between looks; a stopped run waits no longer. */
final class Pauses {
  private Pauses() {}

  static void sleep(Duration duration, RunControl control) {
    if (duration.isZero()) {
      return;
    }
    var stopped = new CountDownLatch(1);
    control.onStop(stopped::countDown);
    try {
      boolean early = stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS);
      if (early) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
