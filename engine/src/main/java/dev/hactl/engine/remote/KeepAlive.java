package dev.hactl.engine.remote;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Notices a dead link. JSch's own keep-alive works by read time-outs, which can strike inside a
 * packet and then lose the connection although it lives; this one only looks at when something last
 * came in.
 */
final class KeepAlive {
  private static final Duration ASK_AFTER = Duration.ofSeconds(15);
  private static final Duration DEAD_AFTER = Duration.ofSeconds(60);

  private KeepAlive() {}

  /** Asks the other side for a sign of life; any answer will do. */
  @FunctionalInterface
  interface Ask {
    void send() throws Exception;
  }

  /** Watches a connection on a thread of its own until it ends, and cuts it when it is silent. */
  static void watch(QuickSocket socket, BooleanSupplier alive, Ask ask, Runnable cut) {
    Thread.ofPlatform().daemon().name("hactl-keepalive").start(() -> run(socket, alive, ask, cut));
  }

  private static void run(QuickSocket socket, BooleanSupplier alive, Ask ask, Runnable cut) {
    try {
      while (true) {
        Thread.sleep(ASK_AFTER);
        if (!alive.getAsBoolean()) {
          return;
        }
        Duration silence = socket.silence();
        if (silence.compareTo(DEAD_AFTER) >= 0) {
          cut.run();
          return;
        }
        if (silence.compareTo(ASK_AFTER) >= 0) {
          // On a thread of its own: writing to a dead link can block for a quarter of an hour.
          Thread.ofPlatform().daemon().start(() -> send(ask, cut));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Ask ask, Runnable cut) {
    try {
      ask.send();
    } catch (Exception e) {
      // The question could not be sent: the connection is gone.
      cut.run();
    }
  }
}
