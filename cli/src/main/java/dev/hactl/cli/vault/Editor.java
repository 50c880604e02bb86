package dev.hactl.cli.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets the operator's editor change a secret text. The text lies in a folder of its own that nobody
 * else can enter, in memory where the machine has a file system for that, with whatever the editor
 * leaves beside it; all of it is gone afterwards, also when hactl is ended meanwhile.
 */
public final class Editor {
  private static final List<String> IN_MEMORY = List.of("/dev/shm");

  private final Map<String, String> environment;

  /** The editor that {@code EDITOR} or {@code VISUAL} names, else vi. */
  public Editor(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Opens a text.
   *
   * @param name of the file that the text is for: editors go by it
   * @return the text afterwards; empty when it is the same
   * @throws dev.hactl.engine.source.SourceException when the editor fails: nothing is to be written
   */
  public Optional<byte[]> edit(Path name, byte[] text) {
    try {
      Path folder =
          Files.createTempDirectory(
              room(),
              "hactl-vault-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var remove = new Thread(() -> remove(folder));
      Runtime.getRuntime().addShutdownHook(remove);
      try {
        return edit(name, folder, text);
      } finally {
        remove(folder);
        forget(remove);
      }
    } catch (IOException e) {
      throw SafeFile.problem(
          name, "the text cannot be put aside for editing: " + e.getMessage(), "");
    }
  }

  private Optional<byte[]> edit(Path name, Path folder, byte[] text) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve(String.valueOf(name.getFileName())),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, text);
    int status = run(file);
    if (status != 0) {
      throw SafeFile.problem(
          name, "'" + command() + "' ended with status " + status + "; nothing was written", "");
    }
    byte[] edited = Files.readAllBytes(file);
    return Arrays.equals(edited, text) ? Optional.empty() : Optional.of(edited);
  }

  /** Through a shell, as everybody does: the variable may hold options. */
  private int run(Path file) throws IOException {
    Process editor =
        new ProcessBuilder("sh", "-c", command() + " \"$@\"", "editor", file.toString())
            .inheritIO()
            .start();
    try {
      return editor.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String command() {
    return Stream.of("EDITOR", "VISUAL")
        .map(n -> environment.getOrDefault(n, ""))
        .filter(c -> !c.isBlank())
        .findFirst()
        .orElse("vi");
  }

  private Path room() {
    return Stream.concat(IN_MEMORY.stream(), Stream.ofNullable(environment.get("XDG_RUNTIME_DIR")))
        .map(Path::of)
        .filter(p -> Files.isDirectory(p) && Files.isWritable(p))
        .findFirst()
        .orElse(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // hactl is ending already; the hook finds nothing left
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // removed already
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
