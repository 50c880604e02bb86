package dev.hactl.engine.remote;

import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Puts one file on a host over a channel of its own, going on where an earlier attempt ended. */
final class Uploader {
  private static final int ATTEMPTS = 3;
  private static final int PIECE = 256 << 10;

  /**
   * Reads size, path and content. When that fails, it says so and takes what is still on its way:
   * sshd breaks the whole connection when data comes for a channel that it has closed. It counts
   * the bytes itself, so it needs no end of input, which a terminal lacks. No single quotes, see
   * {@link ConnectedHost#raw}.
   */
  private static final String COMMAND =
      "read -r n; IFS= read -r f; head -c $n >>\"$f\" || "
          + "{ s=$?; echo \"hactl: ended with $s\" >&2; cat >/dev/null; exit $s; }";

  /** Slow hosts hash at least this much in a second. */
  private static final long HASHED_PER_SECOND = 10L << 20;

  private final ConnectedHost host;
  private final Identity who;
  private final Upload content;
  private final String path;
  private final Upload.Progress progress;

  Uploader(
      ConnectedHost host, Identity who, Upload content, String path, Upload.Progress progress) {
    this.host = host;
    this.who = who;
    this.content = content;
    this.path = path;
    this.progress = progress;
  }

  void run() throws UploadException, UnreachableException {
    if (!path.startsWith("/") || path.indexOf('\n') >= 0 || path.indexOf('\0') >= 0) {
      throw new UploadException("not a path to upload to: " + path);
    }
    String problem = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long offset = present();
      try {
        String sent = send(offset);
        if (content.sha256().isPresent() && !content.sha256().get().equals(sent)) {
          throw new UploadException("the source of " + path + " changed while it was read");
        }
        Present there = hash(content.size());
        if (there.size() == content.size() && (content.size() == 0 || sent.equals(there.hash()))) {
          return;
        }
        problem = "what arrived has another hash";
        command("drop it", "rm -f -- " + Sh.quote(path));
      } catch (BrokenUploadException e) {
        problem = String.valueOf(e.getMessage());
        if (e.onHost) {
          // Trying again would end the same way, and half a file helps nobody on a full disk.
          command("drop it", "rm -f -- " + Sh.quote(path));
          throw new UploadException(
              "%s: cannot write %s: %s".formatted(host.name(), path, problem));
        }
      }
    }
    throw new UploadException(
        "%s: cannot put %s there: %s (tried %d times)"
            .formatted(host.name(), path, problem, ATTEMPTS));
  }

  /** The size and hash of a file's first bytes. */
  private record Present(long size, String hash) {}

  /** How many leading bytes of the content are there already. */
  private long present() throws UploadException, UnreachableException {
    Present there = hash(content.size());
    if (there.size() == 0) {
      return 0;
    }
    if (there.size() <= content.size() && there.hash().equals(localHash(there.size()))) {
      return there.size();
    }
    command("start over", ": >" + Sh.quote(path));
    return 0;
  }

  /** Creates the file if need be, for us alone, and hashes it unless it is empty or too long. */
  private Present hash(long atMost) throws UploadException, UnreachableException {
    String file = Sh.quote(path);
    String text =
        """
        umask 077
        [ -d %3$s ] || mkdir -p %3$s || exit 1
        [ ! -h %1$s ] && { [ ! -e %1$s ] || [ -f %1$s ]; } || { echo is not a regular file >&2; exit 1; }
        : >>%1$s || exit 1
        n=$(wc -c <%1$s) || exit 1
        h=-
        [ "$n" -gt 0 ] && [ "$n" -le %2$d ] && h=$(sha256sum <%1$s)
        echo $n ${h%%%% *}
        """
            .formatted(file, atMost, Sh.quote(path.substring(0, path.lastIndexOf('/') + 1)));
    String[] words = command("look at " + path, text).strip().split("\\s+");
    if (words.length < 2 || !words[0].matches("[0-9]{1,18}")) {
      throw new UploadException(host.name() + ": cannot look at " + path);
    }
    return new Present(Long.parseLong(words[0]), words[1]);
  }

  private String command(String id, String text) throws UploadException, UnreachableException {
    Duration deadline = Duration.ofSeconds(30 + content.size() / HASHED_PER_SECOND);
    Outcome outcome =
        host.shell(who)
            .send(Message.of(Fragment.step(id, text).asTrusted().withDeadline(deadline)))
            .getFirst();
    return switch (outcome) {
      case Outcome.Finished f when f.succeeded() -> f.out().text();
      case Outcome.Finished f ->
          throw new UploadException(
              "%s: cannot write %s: %s".formatted(host.name(), path, f.err().text().strip()));
      case Outcome.TimedOut t ->
          throw new UploadException(
              "%s: %s did not answer in time: %s".formatted(host.name(), path, t.doing()));
      case Outcome.Cancelled _ -> throw new UploadException("cancelled");
      case Outcome.NotRun _ -> throw new UploadException("cancelled");
      case Outcome.Lost l ->
          throw new UploadException("%s: lost the connection: %s".formatted(host.name(), l.why()));
    };
  }

  private String localHash(long length) throws UploadException {
    var hash = new Sha256();
    try (InputStream in = content.source().open()) {
      skip(in, length, hash);
    } catch (IOException e) {
      throw unreadable(e);
    }
    return hash.hex();
  }

  private UploadException unreadable(IOException e) {
    return new UploadException("cannot read what goes to " + path + ": " + e.getMessage(), e);
  }

  private static void skip(InputStream in, long length, Sha256 hash) throws IOException {
    byte[] buffer = new byte[PIECE];
    for (long left = length; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new IOException("it ended " + left + " bytes early");
      }
      hash.add(buffer, 0, n);
      left -= n;
    }
  }

  /** Sends the rest of the content and returns the hash of all of it. */
  private String send(long offset)
      throws UploadException, BrokenUploadException, UnreachableException {
    var hash = new Sha256();
    var receiver = new UploadReceiver();
    long size = content.size();
    progress.at(offset, size);
    if (offset == size) {
      return localHash(size);
    }
    try (InputStream in = content.source().open();
        Transport.Link link = host.raw(who, COMMAND, receiver)) {
      skip(in, offset, hash);
      write(link, (size - offset) + "\n" + path + "\n");
      byte[] buffer = new byte[PIECE];
      for (long at = offset; at < size; ) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, size - at));
        if (n < 0) {
          throw new UploadException("the source of " + path + " is shorter than " + size);
        }
        hash.add(buffer, 0, n);
        receiver.check();
        try {
          write(link, n == buffer.length ? buffer : Arrays.copyOf(buffer, n));
        } catch (BrokenUploadException e) {
          receiver.explain();
          throw e;
        }
        at += n;
        progress.at(at, size);
      }
      receiver.await();
    } catch (IOException e) {
      throw unreadable(e);
    }
    return hash.hex();
  }

  private static void write(Transport.Link link, String text) throws BrokenUploadException {
    write(link, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Transport.Link link, byte[] bytes) throws BrokenUploadException {
    try {
      link.write(bytes);
    } catch (IOException e) {
      throw new BrokenUploadException("the channel broke: " + e.getMessage());
    }
  }
}
