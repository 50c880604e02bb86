package dev.hactl.engine.module;

import dev.hactl.lab.LabPackages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The shells of real hosts, run on this machine; {@code BUSYBOX} has nothing but its applets. */
public enum LocalShell {
  DASH("dash"),
  BASH("bash", "--posix"),
  MKSH("mksh"),
  BUSYBOX("busybox", "sh");

  private final List<String> command;

  LocalShell(String... command) {
    this.command = List.of(command);
  }

  /** What a script did. */
  public record Result(int status, byte[] bytes, String err) {
    /** Standard output. */
    public String out() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The same as a module's parser gets it. */
    public Answer answer() {
      return new Answer(status, bytes);
    }
  }

  /** Runs a text in locale C with nothing to read and waits for it, at most a minute. */
  public Result run(String text) {
    Path script = null;
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      script = Files.createTempFile("hactl-test", ".sh");
      Files.writeString(script, text);
      Process process = start(script).start();
      process.getOutputStream().close();
      var out = readers.submit(() -> all(process.getInputStream()));
      var err = readers.submit(() -> all(process.getErrorStream()));
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(this + " is still running:\n" + text);
      }
      return new Result(
          process.exitValue(), out.get(), new String(err.get(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      delete(script);
    }
  }

  /** A process that runs a script file, not started yet. */
  public ProcessBuilder start(Path script) throws IOException {
    switch (this) {
      case DASH, BASH -> {}
      case MKSH -> LabPackages.need(Path.of("/bin/mksh"), "mksh");
      case BUSYBOX -> LabPackages.need(Path.of("/bin/busybox"), "busybox");
    }
    var words = new ArrayList<>(command);
    words.add(script.toString());
    var builder = new ProcessBuilder(words);
    Map<String, String> environment = builder.environment();
    environment.put("LC_ALL", "C");
    environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    if (this == BUSYBOX) {
      environment.put("PATH", applets().toString());
      words.set(0, applets().resolve("busybox").toString());
    }
    // A build that runs in the background ignores SIGINT, and no shell can trap what it was born to
    // ignore.
    words.addAll(0, List.of("/usr/bin/env", "--default-signal=HUP,INT,QUIT,TERM"));
    return builder;
  }

  private static Path applets() throws IOException {
    return Applets.DIRECTORY;
  }

  private static byte[] all(InputStream stream) throws IOException {
    return stream.readAllBytes();
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One directory of links to BusyBox for the life of the test JVM. */
  private static final class Applets {
    private static final Path DIRECTORY = make();

    private static Path make() {
      try {
        Path made = Files.createTempDirectory("hactl-busybox");
        Process list = new ProcessBuilder("busybox", "--list").start();
        Path busybox = Path.of("/usr/bin/busybox");
        Path real = Files.exists(busybox) ? busybox : Path.of("/bin/busybox");
        Files.createSymbolicLink(made.resolve("busybox"), real);
        for (String applet : new String(list.getInputStream().readAllBytes()).split("\n")) {
          if (!applet.equals("busybox")) {
            Files.createSymbolicLink(made.resolve(applet), real);
          }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made)));
        return made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void remove(Path directory) {
      try (var links = Files.list(directory)) {
        for (Path link : links.toList()) {
          Files.delete(link);
        }
        Files.delete(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
