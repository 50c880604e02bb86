package dev.hactl.engine.model;

import dev.hactl.engine.source.SourceFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of plays.
 *
 * @param path the file
 * @param source its text
 * @param plays in order
 */
public record Playbook(Path path, SourceFile source, List<Play> plays) {

  /** The folder that {@code templates/}, {@code files/} and relative names are looked up in. */
  public Path folder() {
    return folder(path);
  }

  /** The same for a playbook that is not read yet. */
  public static Path folder(Path path) {
    Path parent = path.toAbsolutePath().normalize().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }
}
