package dev.hactl.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** A child process with a reader thread for each of its streams. */
final class ProcessLink implements Transport.Link {
  private final Process process;
  private final OutputStream input;

  private ProcessLink(Process process) {
    this.process = process;
    this.input = process.getOutputStream();
  }

  /**
   * Starts a process.
   *
   * @param ending what its end means; the exit status is added
   */
  static ProcessLink start(List<String> words, Transport.Sink sink, String ending)
      throws IOException {
    Process process = new ProcessBuilder(words).start();
    ProcessLink link = new ProcessLink(process);
    Thread err = reader("hactl-err", () -> pump(process.getErrorStream(), sink::err));
    reader(
        "hactl-out",
        () -> {
          pump(process.getInputStream(), sink::out);
          link.ended(err, sink, ending);
        });
    return link;
  }

  private static Thread reader(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).start(work);
  }

  private interface Piece {
    void take(byte[] bytes, int from, int length);
  }

  private static void pump(InputStream stream, Piece piece) {
    byte[] buffer = new byte[32 << 10];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        piece.take(buffer, 0, n);
      }
    } catch (IOException e) {
      // The process ended or was closed; ended() reports it.
      return;
    }
  }

  private void ended(Thread err, Transport.Sink sink, String ending) {
    try {
      int status = process.waitFor();
      // Something the process left behind may hold its standard error open for ever.
      err.join(Duration.ofSeconds(1));
      sink.closed(status, ending + " " + status);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sink.closed(-1, "the shell was given up");
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    input.write(bytes);
    input.flush();
  }

  @Override
  public void endInput() throws IOException {
    input.close();
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException e) {
      process.destroy();
    }
  }
}
