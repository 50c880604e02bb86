package dev.hactl.engine.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Hears how the program that takes an upload at the other end fared. */
final class UploadReceiver implements Transport.Sink {
  private static final Pattern ENDED = Pattern.compile("hactl: ended with \\d+\\s");

  private final CountDownLatch end = new CountDownLatch(1);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private volatile Optional<String> failure = Optional.empty();
  private volatile boolean onHost;

  @Override
  public void out(byte[] bytes, int from, int length) {
    err(bytes, from, length);
  }

  @Override
  public void err(byte[] bytes, int from, int length) {
    if (said.size() < 4096) {
      said.write(bytes, from, length);
      String words = said.toString(StandardCharsets.UTF_8);
      if (ENDED.matcher(words).find()) {
        failure = Optional.of(words(words).isEmpty() ? "writing failed" : words(words));
        onHost = true;
        end.countDown();
      }
    }
  }

  private static String words(String said) {
    return ENDED.matcher(said).replaceAll("").strip();
  }

  @Override
  public void closed(int status, String why) {
    if (status != 0) {
      String words = words(said.toString(StandardCharsets.UTF_8));
      failure = Optional.of(words.isEmpty() ? why : words);
      onHost = status > 0 && !words.isEmpty();
    }
    end.countDown();
  }

  void check() throws BrokenUploadException {
    if (end.getCount() == 0) {
      throw new BrokenUploadException(failure.orElse("the receiver ended early"), onHost);
    }
  }

  /** The channel is gone: why, if the host says so within a moment. */
  void explain() throws BrokenUploadException {
    try {
      if (end.await(2, TimeUnit.SECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenUploadException("interrupted");
    }
  }

  void await() throws BrokenUploadException {
    try {
      if (!end.await(5, TimeUnit.MINUTES)) {
        throw new BrokenUploadException("the host did not take the last bytes within 5 minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenUploadException("interrupted");
    }
    if (failure.isPresent()) {
      throw new BrokenUploadException(failure.get(), onHost);
    }
  }
}
