package dev.hactl.cli.vault;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Reads files of the controller, and replaces them so that there is always a whole one. */
public final class SafeFile {
  private SafeFile() {}

  /**
   * All of a file.
   *
   * @throws SourceException when it cannot be read
   */
  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw problem(file, "no such file", "");
    } catch (IOException e) {
      throw problem(file, "the file cannot be read: " + e.getMessage(), "");
    }
  }

  /**
   * Notes before any work is done that a file could not be written afterwards.
   *
   * @throws SourceException when its folder cannot be written to
   */
  public static void requireWritable(Path file) {
    Path folder = folder(file);
    if (!Files.isDirectory(folder)) {
      throw problem(file, "there is no folder " + folder, "make it first");
    }
    if (!Files.isWritable(folder)) {
      throw problem(file, "the folder " + folder + " cannot be written to", "");
    }
  }

  /**
   * Replaces a file: the new one is complete and flushed before it takes the old one's place,
   * owner, group and mode. A new file can be read by its owner only. A symbolic link stays; the
   * file it points to is replaced.
   *
   * @throws SourceException when that cannot be; the old file is then as it was
   */
  public static void replace(Path file, byte[] content) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file;
      Path beside =
          Files.createTempFile(
              folder(target),
              ".hactl-",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        try (FileChannel out = FileChannel.open(beside, StandardOpenOption.WRITE)) {
          var bytes = ByteBuffer.wrap(content);
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
          out.force(true);
        }
        if (Files.exists(target)) {
          keepAttributes(target, beside);
        }
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw problem(file, "the file cannot be written, and is unchanged: " + e.getMessage(), "");
    }
  }

  private static void keepAttributes(Path from, Path to) throws IOException {
    PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
    var view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    PosixFileAttributes made = view.readAttributes();
    if (!old.owner().equals(made.owner())) {
      view.setOwner(old.owner());
    }
    if (!old.group().equals(made.group())) {
      view.setGroup(old.group());
    }
    view.setPermissions(old.permissions());
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? Path.of("/") : folder;
  }

  static SourceException problem(Path file, String message, String advice) {
    return new SourceException(Problem.error(Place.of(file.toString()), message, advice));
  }
}
