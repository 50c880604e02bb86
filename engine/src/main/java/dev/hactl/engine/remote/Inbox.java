package dev.hactl.engine.remote;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What has come from a supervisor. The transport's reader fills it; whoever waits is woken by each
 * mark, so no wait polls.
 */
final class Inbox implements Transport.Sink {
  private static final int NOISE = 4096;

  private final FrameParser outParser;
  private final FrameParser errParser;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final StringBuilder noise = new StringBuilder();
  private Optional<Exchange> exchange = Optional.empty();
  private Optional<String> lost = Optional.empty();
  private boolean alone;
  private String directory = "";
  private boolean ready;
  private boolean cancelled;

  Inbox(String marker) {
    outParser =
        new FrameParser(
            marker,
            new FrameParser.Parts() {
              @Override
              public void data(byte[] bytes, int from, int length) {
                current(bytes, from, length).ifPresent(e -> e.out(bytes, from, length));
              }

              @Override
              public void mark(String words) {
                marked(words);
              }
            });
    errParser =
        new FrameParser(
            marker,
            new FrameParser.Parts() {
              @Override
              public void data(byte[] bytes, int from, int length) {
                current(bytes, from, length).ifPresent(e -> e.err(bytes, from, length));
              }

              @Override
              public void mark(String words) {
                marked(words);
              }
            });
  }

  @Override
  public void out(byte[] bytes, int from, int length) {
    feed(outParser, bytes, from, length);
  }

  @Override
  public void err(byte[] bytes, int from, int length) {
    feed(errParser, bytes, from, length);
  }

  /** Whoever waits is woken by marks: data alone changes nothing that anyone waits for. */
  private void feed(FrameParser parser, byte[] bytes, int from, int length) {
    lock.lock();
    try {
      parser.feed(bytes, from, length);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void closed(int status, String why) {
    String said = noise.toString().strip();
    fail(ready || said.isEmpty() ? why : why + "; it said: " + said);
  }

  /** Who gets data now. Before the ready mark it is noise, kept for the error message. */
  private Optional<Exchange> current(byte[] bytes, int from, int length) {
    if (ready) {
      return exchange;
    }
    if (noise.length() < NOISE) {
      noise.append(new String(bytes, from, length, StandardCharsets.UTF_8));
    }
    return Optional.empty();
  }

  private void marked(String words) {
    changed.signalAll();
    if (words.startsWith("R ")) {
      ready = true;
      String[] word = words.split(" ", 4);
      alone = word.length > 2 && word[2].equals("alone");
      directory = word.length > 3 ? word[3] : "";
    } else {
      exchange.ifPresent(e -> e.mark(words));
    }
  }

  private void change(Runnable work) {
    lock.lock();
    try {
      work.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks at something that the reader changes. */
  <T> T look(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /** From now on what comes belongs to this exchange. */
  void begin(Exchange next) {
    change(() -> {
      exchange = Optional.of(next);
      cancelled = false;
    });
  }

  /** Nothing is expected any more. */
  void end() {
    change(() -> exchange = Optional.empty());
  }

  /** Asks the exchange that is on, if any, to be given up. */
  void cancel() {
    change(() -> cancelled = exchange.isPresent());
  }

  boolean cancelled() {
    return look(() -> cancelled);
  }

  /** The shell is gone; the first reason stays. */
  void fail(String why) {
    change(() -> lost = lost.or(() -> Optional.of(why)));
  }

  Optional<String> lost() {
    return look(() -> lost);
  }

  /** Whether the supervisor has said that it leads a session. */
  boolean alone() {
    return look(() -> alone);
  }

  /** The supervisor's private directory, empty before it was ready. */
  String directory() {
    return look(() -> directory);
  }

  /** Waits for a condition or for the end of the shell; false when the time passed first. */
  boolean await(Duration patience, BooleanSupplier condition) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (lost.isEmpty() && !condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      // Who interrupts the waiting thread wants its message ended: the same as a cancel.
      Thread.currentThread().interrupt();
      cancelled = true;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
