package dev.hactl.engine.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Lets files land in a directory of its own, in the shells that real hosts have. */
abstract class Landings {
  static final String NONCE = "k3wq9";
  @TempDir Path dir;

  /** A file to land, wish by wish. */
  static final class Wanted {
    private final Path path;
    private final byte[] content;
    private Optional<String> owner = Optional.empty();
    private Optional<String> mode = Optional.empty();
    private Optional<String> validate = Optional.empty();
    private boolean backup;

    private Wanted(Path path, byte[] content) {
      this.path = path;
      this.content = content;
    }

    Wanted mode(String wanted) {
      mode = Optional.of(wanted);
      return this;
    }

    Wanted owner(String wanted) {
      owner = Optional.of(wanted);
      return this;
    }

    Wanted backup() {
      backup = true;
      return this;
    }

    Wanted validate(String command) {
      validate = Optional.of(command);
      return this;
    }

    Step.Put put() {
      return new Step.Put(
          path.toString(),
          Content.of(content, false, ""),
          owner,
          Optional.empty(),
          mode,
          backup,
          validate);
    }
  }

  static Wanted put(Path path, String content) {
    return put(path, bytes(content));
  }

  static Wanted put(Path path, byte[] content) {
    return new Wanted(path, content);
  }

  static String text(Wanted wanted) {
    return Landing.inline(wanted.put(), (Content.Inline) wanted.put().content(), NONCE).whole();
  }

  static LocalShell.Result run(LocalShell shell, Wanted wanted) {
    return shell.run(text(wanted));
  }

  /** What went wrong, empty when nothing did. */
  static String land(LocalShell shell, Wanted wanted) {
    return said(run(shell, wanted));
  }

  static String said(LocalShell.Result result) {
    return result.status() == 0 ? result.err() : result.status() + " " + result.err();
  }

  void onlyThese(String... names) throws IOException {
    try (var files = Files.list(dir)) {
      assertEquals(
          Stream.of(names).sorted().toList(),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  static String stat(Path file) {
    return ok("stat -c '%u:%g %a' '" + file + "'").strip();
  }

  static String ok(String command) {
    LocalShell.Result result = LocalShell.DASH.run(command);
    assertEquals(0, result.status(), command + ": " + result.err());
    return result.out();
  }
}
