package dev.hactl.engine.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Brings what a shell text prints on a host into a file of the controller, over a channel of its
 * own. The host hashes what it sends, and tells hash and exit status behind the last byte, on the
 * same stream: a terminal has no other.
 */
final class Downloader {
  /** How long nothing may come. */
  private static final Duration STALL = Duration.ofMinutes(5);

  /**
   * Reads the text, runs it, and passes its output on twice. The pipe to the hash is opened by its
   * name and the channel is not, because a channel may be a socket, which has none. One line
   * without single quotes: it goes through a login shell and maybe through sudo.
   */
  static final String COMMAND =
      "set -f; read -r n; t=$(head -c $n); exec 3>&1; "
          + "r=$( { { { sh -c \"$t\" 3>&- 6>&- 2>&4 4>&- </dev/null; echo \"rc=$?\" >&4; } "
          + "| tee /dev/fd/6 >&3; } 6>&1 | sha256sum; } 4>&1 ); "
          + "s=999; h=-; for w in $r; do case \"$w\" in rc=*) s=${w#rc=};; "
          + "????????????????????????????????????????????????????????????????) h=$w;; esac; done; "
          + "[ \"$s\" = 0 ] || printf \"%s\" \"$r\"; printf \" %64s %03d\" \"$h\" \"$s\"";

  private final ConnectedHost host;
  private final Identity who;

  Downloader(ConnectedHost host, Identity who) {
    this.host = host;
    this.who = who;
  }

  /**
   * Receives.
   *
   * @param text sh text
   * @param target is overwritten
   */
  Download run(String text, Path target, Upload.Progress progress)
      throws UploadException, UnreachableException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (OutputStream file = Files.newOutputStream(target)) {
      var receiver = new DownloadSink(file, progress);
      try (Transport.Link link = host.raw(who, COMMAND, receiver)) {
        try {
          link.write((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
          link.write(bytes);
        } catch (IOException e) {
          throw broken("the channel broke: " + e.getMessage());
        }
        await(receiver);
      }
      return received(receiver);
    } catch (IOException e) {
      throw new UploadException("cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  private void await(DownloadSink receiver) throws UploadException {
    long before = -1;
    try {
      while (!receiver.ended().await(STALL.toSeconds(), TimeUnit.SECONDS)) {
        if (receiver.count() == before) {
          throw broken("nothing came for " + STALL.toMinutes() + " minutes");
        }
        before = receiver.count();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw broken("interrupted");
    }
  }

  private Download received(DownloadSink receiver) throws UploadException {
    DownloadSink.End end =
        receiver.end().orElseThrow(() -> broken("it ended early: " + receiver.why()));
    if (end.status() != 0) {
      throw new UploadException("%s: %s".formatted(host.name(), end.words()));
    }
    if (receiver.problem().isPresent()) {
      throw broken(receiver.problem().get());
    }
    if (!end.there().equals(end.here())) {
      throw broken("what arrived has another hash");
    }
    return new Download(end.size(), end.here());
  }

  private UploadException broken(String why) {
    return new UploadException(
        "%s: cannot bring a file from there: %s".formatted(host.name(), why));
  }
}
