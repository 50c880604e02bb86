package dev.hactl.engine.template.function;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Passwords, each made once and kept in a file that only its owner may read. While a run is only
 * foretold a new one is kept in memory, so that check mode leaves no file and the plan shows what
 * will be done; it reaches its file before the first change.
 */
final class Passwords {
  private final Map<Path, String> known = new HashMap<>();
  private final Map<Path, String> unwritten = new LinkedHashMap<>();
  private boolean keeping;

  /**
   * The password of a file, made when there is none.
   *
   * @param letters what a new one consists of
   */
  synchronized String get(Path file, int length, String letters) throws IOException {
    String password = known.get(file);
    if (password == null) {
      password = read(file);
    }
    if (password == null) {
      password = made(length, letters);
      if (keeping) {
        write(file, password);
      } else {
        unwritten.put(file, password);
      }
    }
    known.put(file, password);
    return password;
  }

  synchronized void keep() throws IOException {
    keeping = true;
    for (Map.Entry<Path, String> e : unwritten.entrySet()) {
      write(e.getKey(), e.getValue());
    }
    unwritten.clear();
  }

  private static @org.jspecify.annotations.Nullable String read(Path file) throws IOException {
    try {
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw new IOException("it is empty");
      }
      return text;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static String made(int length, String letters) {
    var random = new SecureRandom();
    var password = new StringBuilder();
    for (int i = 0; i < length; i++) {
      password.append(letters.charAt(random.nextInt(letters.length())));
    }
    return password.toString();
  }

  /** Whole or not at all, and never over one that another run made. */
  private static void write(Path file, String password) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path whole = Files.createTempFile(folder, ".password", "", mine);
    try {
      Files.write(whole, (password + "\n").getBytes(StandardCharsets.UTF_8));
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("another run made " + file + " meanwhile; run again", e);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
