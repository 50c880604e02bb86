package dev.hactl.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Commands on this machine, as child processes. */
final class LocalTransport implements Transport {
  private final List<Link> links = new CopyOnWriteArrayList<>();

  @Override
  public Link open(String command, boolean terminal, Sink sink) throws UnreachableException {
    List<String> words = new ArrayList<>();
    // A session of its own keeps the terminal's Ctrl-C away from the child.
    for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
      if (words.isEmpty() && Files.isExecutable(Path.of(setsid))) {
        words.add(setsid);
      }
    }
    words.addAll(List.of("/bin/sh", "-c", command));
    try {
      Link link = ProcessLink.start(words, sink);
      links.add(link);
      return link;
    } catch (IOException e) {
      throw new UnreachableException(
          UnreachableException.Kind.NO_SHELL, "cannot start /bin/sh here: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    links.forEach(Link::close);
  }

  /** A child process with a reader thread for each of its streams. */
  static final class ProcessLink implements Link {
    private final Process process;
    private final OutputStream input;

    private ProcessLink(Process process) {
      this.process = process;
      this.input = process.getOutputStream();
    }

    static ProcessLink start(List<String> words, Sink sink) throws IOException {
      Process process = new ProcessBuilder(words).start();
      ProcessLink link = new ProcessLink(process);
      Thread err =
          Thread.ofPlatform()
              .daemon()
              .name("hactl-err")
              .start(() -> pump(process.getErrorStream(), sink::err));
      Thread.ofPlatform()
          .daemon()
          .name("hactl-out")
          .start(() -> {
            pump(process.getInputStream(), sink::out);
            link.ended(err, sink);
          });
      return link;
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
        // The process ended or close() was called; ended() reports it.
        return;
      }
    }

    private void ended(Thread err, Sink sink) {
      try {
        int status = process.waitFor();
        err.join(java.time.Duration.ofSeconds(1));
        sink.closed(status, "the shell ended with status " + status);
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
}
