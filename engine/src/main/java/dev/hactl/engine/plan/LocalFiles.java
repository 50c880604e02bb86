package dev.hactl.engine.plan;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.LocalSource;
import dev.hactl.engine.module.Sha256;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.vault.Envelope;
import dev.hactl.engine.vault.Keyring;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files on the controller that tasks put on hosts: found beside the playbook, read and hashed once
 * for all hosts.
 */
public final class LocalFiles {
  /** Larger files are streamed and never held in memory. */
  static final long INLINE = 256 * 1024;

  /** Encrypted files are held in memory, whose text is four times as long as what is in it. */
  private static final long ENCRYPTED = 32L << 20;

  private final List<Path> folders;
  private final Keyring keyring;
  private final Map<Path, Content> known = new ConcurrentHashMap<>();

  private LocalFiles(List<Path> folders, Keyring keyring) {
    this.folders = folders;
    this.keyring = keyring;
  }

  /** The usual folders of a playbook, where nothing is encrypted. */
  public static LocalFiles beside(Path playbookFolder) {
    return beside(playbookFolder, Keyring.EMPTY);
  }

  /**
   * Files in {@code files/} beside the playbook, then beside it, then in {@code files/} one folder
   * up.
   *
   * @param keyring opens those that are encrypted; what was in them is secret
   */
  public static LocalFiles beside(Path playbookFolder, Keyring keyring) {
    var folders = new ArrayList<Path>();
    folders.add(playbookFolder.resolve("files"));
    folders.add(playbookFolder);
    Path up = playbookFolder.getParent();
    if (up != null) {
      folders.add(up.resolve("files"));
    }
    return new LocalFiles(List.copyOf(folders), keyring);
  }

  /** The same with a role's {@code files/} and folder before all others. */
  public LocalFiles after(Path roleFolder) {
    var all = new ArrayList<>(List.of(roleFolder.resolve("files"), roleFolder));
    all.addAll(folders);
    return new LocalFiles(List.copyOf(all), keyring);
  }

  /** Where a name is; a folder is fine too. */
  public Path find(String name, Place place) {
    for (Path folder : folders) {
      Path candidate = folder.resolve(name);
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    throw new SourceException(
        Problem.error(
            place,
            "the file '" + name + "' does not exist on this machine",
            "looked in " + String.join(", ", folders.stream().map(LocalFiles::shown).toList())));
  }

  /** The content of a regular file. */
  Content content(Path path, Place place) {
    Content before = known.get(path);
    if (before != null) {
      return before;
    }
    Content read = read(path, place);
    known.put(path, read);
    return read;
  }

  /** A file, or a folder with everything in it; symbolic links are followed. */
  LocalSource source(Path path, boolean whatIsInIt, Place place) {
    if (!Files.isDirectory(path)) {
      return new LocalSource.OneFile(content(path, place));
    }
    try (var all = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      var folders = new ArrayList<String>();
      var files = new TreeMap<String, Content>();
      var attributes = new HashMap<String, LocalSource.Attributes>();
      for (Path inside : all.sorted().toList()) {
        String name = path.relativize(inside).toString();
        if (!Files.isDirectory(inside)) {
          files.put(name, content(inside, place));
          attributes.put(
              name,
              new LocalSource.Attributes(
                  Files.isExecutable(inside), Files.getLastModifiedTime(inside).toInstant()));
        } else if (!name.isEmpty()) {
          folders.add(name);
        }
      }
      String own = whatIsInIt ? "" : path.toAbsolutePath().normalize().getFileName().toString();
      return new LocalSource.Folder(own, folders, files, attributes);
    } catch (IOException | UncheckedIOException e) {
      throw new SourceException(
          Problem.error(place, "'" + shown(path) + "' cannot be read: " + e.getMessage()));
    }
  }

  private Content read(Path path, Place place) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new SourceException(
            Problem.error(place, "'" + shown(path) + "' is not a regular file"));
      }
      long size = Files.size(path);
      if (encrypted(path)) {
        return opened(path, size, place);
      }
      return size <= INLINE
          ? Content.of(Files.readAllBytes(path), false, shown(path))
          : new Content.LocalFile(path, size, hash(path), false, shown(path));
    } catch (IOException e) {
      throw new SourceException(
          Problem.error(place, "'" + shown(path) + "' cannot be read: " + e.getMessage()));
    }
  }

  private static boolean encrypted(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Envelope.is(in.readNBytes(Envelope.MARK.length()));
    }
  }

  /** What an encrypted file holds; it is never written to the controller's disk. */
  private Content opened(Path path, long size, Place place) throws IOException {
    if (size > ENCRYPTED) {
      throw new SourceException(
          Problem.error(
              place,
              "'" + shown(path) + "' is encrypted, and too large for that: " + size + " bytes",
              "encrypted files are opened in memory, and may have up to " + ENCRYPTED + " bytes"));
    }
    return switch (keyring.open(Files.readString(path, StandardCharsets.ISO_8859_1))) {
      case Keyring.Opened.Plain plain -> {
        Content.Inline content = Content.of(plain.bytes(), true, shown(path));
        yield content.size() <= INLINE ? content : Content.join(List.of(content), shown(path));
      }
      case Keyring.Opened.Refused refused ->
          throw new SourceException(
              Problem.error(place, "'" + shown(path) + "' " + refused.why(), refused.advice()));
    };
  }

  private static String hash(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Sha256.of(in);
    }
  }

  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
