package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** How long and how large one rendering may become, so that a text that loops for ever ends. */
final class Limits {
  /** Items of one result, and of the lists inside it. */
  static final int ITEMS = 1_000_000;

  /** Characters of one result. */
  static final int CHARACTERS = 8 * 1024 * 1024;

  /** How long one rendering may take. */
  static final Duration TIME = Duration.ofSeconds(10);

  /**
   * What may take for ever however small the variables are: ranges, recursion, searching with
   * FreeMarker's own regular expressions, templates that include others.
   */
  private static final Pattern RISKY =
      Pattern.compile(
          "\\.\\.|<#(macro|function|include|import|visit|recurse)\\b"
              + "|\\?(matches|left_pad|right_pad|chunk)\\b|[\"'][imsfc]*r[imsfc]*[\"']");

  private Limits() {}

  /** Whether a text needs watching. */
  static boolean risky(String text) {
    return RISKY.matcher(text).find();
  }

  /** A thread whose work is waited for only so long. */
  private static final class Watched extends Thread {
    Watched(Runnable work) {
      super(work, "hactl template");
      setDaemon(true);
    }
  }

  /** Made when the first risky text is rendered. */
  private static final class Threads {
    static final ExecutorService POOL = Executors.newCachedThreadPool(Watched::new);
  }

  /**
   * Does work that may never end. FreeMarker offers no way to stop an expression, so what takes too
   * long is asked to stop and left behind.
   *
   * @throws Endless when it takes too long
   */
  static <T> T watched(Duration time, Supplier<T> work) {
    if (Thread.currentThread() instanceof Watched) {
      return work.get(); // somebody waits already
    }
    Future<T> done = Threads.POOL.submit(work::get);
    try {
      return done.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      done.cancel(true);
      throw new Endless();
    } catch (InterruptedException e) {
      done.cancel(true);
      Thread.currentThread().interrupt();
      throw new Endless();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Work that was left behind. */
  static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Endless() {
      super("left behind", null, false, false);
    }
  }

  /** That a text is not rendered in time. */
  static SourceException endless(Place place, Duration time) {
    return refused(
        place, "this is not rendered after " + time.toSeconds() + " seconds", "loop for ever");
  }

  /** That a text calls itself. */
  static SourceException tooDeep(Place place) {
    return refused(place, "this is nested too deeply to be rendered", "call itself for ever");
  }

  /** That a result is too large. */
  static SourceException tooLarge(Place place) {
    return refused(
        place,
        "this comes to more than " + CHARACTERS / 1024 / 1024 + " million characters",
        "grow for ever");
  }

  private static SourceException refused(Place place, String message, String does) {
    return new SourceException(Problem.error(place, message, "does it " + does + "?"));
  }

  /** A result that is larger than any file hactl would render. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Gathers a result of limited size. */
  static final class Output extends Writer {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
      require(length);
      text.append(characters, from, length);
    }

    @Override
    public void write(String piece, int from, int length) throws IOException {
      require(length);
      text.append(piece, from, from + length);
    }

    private void require(int more) throws IOException {
      if (text.length() + more > CHARACTERS) {
        throw new TooLarge();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
