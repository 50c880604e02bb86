package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import dev.hactl.engine.vault.Keyring;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What expressions may look up on the controller: files beside the playbook, the environment,
 * passwords that are made once and kept. A file is read once in a run. Thread-safe.
 */
public final class Lookups {
  private static final long LARGEST = 4L * 1024 * 1024;

  private final Path base;
  private final List<Path> folders;
  private final Reading reading;
  private final @Nullable Map<String, String> environment;
  private final Passwords passwords = new Passwords();
  private final Map<Path, Value> read = new ConcurrentHashMap<>();

  /** How the text of a file is read: where an encrypted one is decrypted. */
  public interface Reading {
    /**
     * A file's text, secret when it was encrypted.
     *
     * @throws IOException when it cannot be read; a {@link CharacterCodingException} when it is no
     *     text
     */
    Value.Text text(Path file) throws IOException;
  }

  private Lookups(Path base, Reading reading, @Nullable Map<String, String> environment) {
    this.base = base;
    this.folders = folders(base);
    this.reading = reading;
    this.environment = environment;
  }

  /**
   * For the playbooks of a folder: files are looked for in {@code files/}, in the folder itself, in
   * {@code files/} one up.
   */
  public static Lookups beside(Path folder) {
    return beside(folder, Keyring.EMPTY);
  }

  /** The same where encrypted files are opened with these passwords. */
  public static Lookups beside(Path folder, Keyring keyring) {
    return new Lookups(folder, new OpenedFiles(keyring), null);
  }

  /** The same with another way to read files and another environment. */
  public static Lookups beside(Path folder, Reading reading, Map<String, String> environment) {
    return new Lookups(folder, reading, environment);
  }

  private static List<Path> folders(Path folder) {
    var folders = new ArrayList<Path>();
    folders.add(folder.resolve("files"));
    folders.add(folder);
    Path up = folder.getParent();
    if (up != null) {
      folders.add(up.resolve("files"));
    }
    return List.copyOf(folders);
  }

  /**
   * From here on passwords are kept in their files: the run goes on to change hosts. Those that
   * were made before, while it was foretold, are written now.
   *
   * @throws IOException when a file cannot be written, or another run made it meanwhile
   */
  public void keepPasswords() throws IOException {
    passwords.keep();
  }

  Passwords passwords() {
    return passwords;
  }

  /** Where the password of a name is kept. */
  Path ofPassword(String name) {
    return base.resolve(name).normalize();
  }

  /** A variable of hactl's environment. */
  Optional<String> env(String name) {
    return Optional.ofNullable(environment == null ? System.getenv(name) : environment.get(name));
  }

  /** A file of this name. */
  Optional<Path> find(String name) {
    return folders.stream().map(f -> f.resolve(name)).filter(Files::isRegularFile).findFirst();
  }

  /** Where files are looked for. */
  String places() {
    return String.join(", ", folders.stream().map(Lookups::shown).toList());
  }

  Value text(Path file) throws IOException {
    Value known = read.get(file);
    if (known == null) {
      if (Files.size(file) > LARGEST) {
        throw new IOException("it is larger than " + LARGEST / 1024 / 1024 + " MiB");
      }
      known = reading.text(file);
      read.put(file, known);
    }
    return known;
  }

  /** The files of a folder whose names fit a pattern, in the order of their names. */
  List<String> glob(String pattern) throws IOException {
    int slash = pattern.lastIndexOf('/');
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
    for (Path folder : folders) {
      Path in = slash < 0 ? folder : folder.resolve(pattern.substring(0, Math.max(slash, 1)));
      if (!Files.isDirectory(in)) {
        continue;
      }
      try (Stream<Path> files = Files.list(in)) {
        List<String> found =
            files
                .filter(f -> Files.isRegularFile(f) && matcher.matches(f.getFileName()))
                .map(f -> f.toAbsolutePath().normalize().toString())
                .sorted()
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
