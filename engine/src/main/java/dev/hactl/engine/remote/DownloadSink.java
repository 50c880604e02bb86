package dev.hactl.engine.remote;

import dev.hactl.engine.module.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Writes what a channel brings to a file and hashes it, all but the last bytes, in which the host
 * tells how its program ended.
 */
final class DownloadSink implements Transport.Sink {
  /** Blank, 64 digits, blank, three digits. */
  private static final int TRAILER = 69;

  private static final int KEPT = 2048;

  private final OutputStream file;
  private final Upload.Progress progress;
  private final Sha256 digest = new Sha256();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private byte[] last = new byte[0];
  private byte[] words = new byte[0];
  private long written;
  private String why = "";
  private Optional<String> problem = Optional.empty();
  private volatile long count;

  DownloadSink(OutputStream file, Upload.Progress progress) {
    this.file = file;
    this.progress = progress;
  }

  /**
   * How the host's program ended.
   *
   * @param there the hash that the host computed
   * @param here the hash of what arrived
   * @param words what it said when it failed
   */
  record End(int status, String there, String here, long size, String words) {}

  @Override
  public synchronized void out(byte[] bytes, int from, int length) {
    count += length;
    int surplus = last.length + length - TRAILER;
    if (surplus <= 0) {
      last = joined(last, 0, last.length, bytes, from, length);
      return;
    }
    int old = Math.min(surplus, last.length);
    take(last, 0, old);
    take(bytes, from, surplus - old);
    last =
        joined(last, old, last.length - old, bytes, from + surplus - old, length - (surplus - old));
    progress.at(written, written);
  }

  private static byte[] joined(byte[] a, int fromA, int lengthA, byte[] b, int fromB, int lengthB) {
    var both = new byte[lengthA + lengthB];
    System.arraycopy(a, fromA, both, 0, lengthA);
    System.arraycopy(b, fromB, both, lengthA, lengthB);
    return both;
  }

  private void take(byte[] bytes, int from, int length) {
    digest.add(bytes, from, length);
    written += length;
    words =
        length >= KEPT
            ? joined(words, 0, 0, bytes, from + length - KEPT, KEPT)
            : joined(
                words,
                Math.max(0, words.length + length - KEPT),
                Math.min(words.length, KEPT - length),
                bytes,
                from,
                length);
    if (problem.isEmpty()) {
      try {
        file.write(bytes, from, length);
      } catch (IOException e) {
        // The rest is still read: a reader that stops would block the host's other channels.
        problem = Optional.of("it cannot be written here: " + e.getMessage());
      }
    }
  }

  @Override
  public synchronized void err(byte[] bytes, int from, int length) {
    if (said.size() < KEPT) {
      said.write(bytes, from, length);
    }
  }

  @Override
  public synchronized void closed(int status, String reason) {
    String heard = said.toString(StandardCharsets.UTF_8).strip();
    why = heard.isEmpty() ? reason : heard;
    end.countDown();
  }

  CountDownLatch ended() {
    return end;
  }

  /** How many bytes came so far. */
  long count() {
    return count;
  }

  /** Why the channel ended. */
  synchronized String why() {
    return why;
  }

  /** Why the bytes are not in the file. */
  synchronized Optional<String> problem() {
    return problem;
  }

  /** What the host told at last; empty when it did not come to that. */
  synchronized Optional<End> end() {
    String text = new String(last, StandardCharsets.ISO_8859_1);
    if (!text.matches(" [0-9a-f -]{64} \\d{3}")) {
      return Optional.empty();
    }
    int status = Integer.parseInt(text.substring(66));
    return Optional.of(
        new End(
            status,
            text.substring(1, 65).strip(),
            digest.hex(),
            written,
            status == 0 ? "" : explanation()));
  }

  /** Without the words by which the host's shell told status and hash. */
  private String explanation() {
    String all = new String(words, StandardCharsets.UTF_8);
    return all.lines()
        .filter(l -> !l.startsWith("rc=") && !l.matches("[0-9a-f]{64}  -"))
        .reduce("", (a, b) -> a.isEmpty() ? b : a + "\n" + b)
        .strip();
  }
}
