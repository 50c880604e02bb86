package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of the user's on the controller and takes what it prints.
 *
 * @param path the program
 * @param shown its name for messages
 * @param limit how long one call may take
 */
record Program(Path path, String shown, Duration limit) {
  private static final int MOST_BYTES = 32 * 1024 * 1024;
  private static final int MOST_WORDS = 64 * 1024;
  private static final int LAST_LINES = 10;
  private static final long MOMENT_MS = 1000;

  /**
   * What it printed.
   *
   * @param said the end of its standard error, lines joined so that they fit below a message
   */
  record Printed(String text, String said) {}

  /**
   * One call.
   *
   * @throws SourceException when it cannot be run, fails, takes too long or prints no text
   */
  Printed call(List<String> arguments) {
    Place place = Place.of(shown + " " + String.join(" ", arguments));
    var words = new ArrayList<String>();
    words.add(path.toAbsolutePath().toString());
    words.addAll(arguments);
    Process process;
    try {
      process =
          new ProcessBuilder(words)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
    } catch (IOException e) {
      throw wrong(
          place, "the program cannot be run", "is the interpreter in its first line there?");
    }
    var out = new Drain(process.getInputStream(), MOST_BYTES);
    var err = new Drain(process.getErrorStream(), MOST_WORDS);
    boolean ended = false;
    try {
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!ended) {
        kill(process);
      }
    }
    // A child that it left behind may keep the streams open; nobody waits for that.
    out.await(MOMENT_MS);
    err.await(MOMENT_MS);
    String said = said(err.bytes());
    if (!ended) {
      throw wrong(
          place, "the program did not end within " + limit.toMillis() / 1000.0 + " s", said);
    }
    if (process.exitValue() != 0) {
      throw wrong(place, "the program ended with status " + process.exitValue(), said);
    }
    if (out.full()) {
      throw wrong(place, "the program printed more than " + MOST_BYTES + " bytes", said);
    }
    return new Printed(text(out.bytes(), place), said);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String text(byte[] bytes, Place place) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw wrong(place, "the program printed what is not UTF-8 text", "");
    }
  }

  private static String said(byte[] bytes) {
    List<String> lines =
        new String(bytes, StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank()).toList();
    int skip = Math.max(0, lines.size() - LAST_LINES);
    return String.join("\n    ", lines.subList(skip, lines.size()));
  }

  private static SourceException wrong(Place place, String message, String advice) {
    return new SourceException(Problem.error(place, message, advice));
  }

  /** Reads a stream to its end on a thread of its own and keeps what may be kept. */
  private static final class Drain implements Runnable {
    private final InputStream from;
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;
    private boolean full;

    Drain(InputStream from, int most) {
      this.from = from;
      this.most = most;
      this.thread = Thread.ofPlatform().daemon().unstarted(this);
      thread.start();
    }

    @Override
    public void run() {
      var buffer = new byte[8192];
      try {
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          keep(buffer, n);
        }
      } catch (IOException closed) {
        // the program is gone; what it said before is kept
      }
    }

    private synchronized void keep(byte[] bytes, int n) {
      full |= kept.size() + n > most;
      kept.write(bytes, 0, Math.min(n, most - kept.size()));
    }

    synchronized byte[] bytes() {
      return kept.toByteArray();
    }

    synchronized boolean full() {
      return full;
    }

    void await(long milliseconds) {
      try {
        thread.join(milliseconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
