package dev.hactl.cli.convert;

import dev.hactl.engine.source.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a conversion came to.
 *
 * @param files by their names below the folder that they are to be written to
 * @param playbooks the names of the playbooks among them that were asked for
 * @param roles the names of the folders of roles that were asked for
 * @param left what could not be converted, each with its place in the file it was read from
 * @param notes what is worth knowing
 */
public record Conversion(
    SequencedMap<String, Written> files,
    List<String> playbooks,
    List<String> roles,
    List<Problem> left,
    List<Problem> notes) {

  /** A file to be written. */
  public sealed interface Written {}

  /** A text. */
  public record Text(String text) implements Written {}

  /** A file as it is. */
  public record Copy(Path source) implements Written {}
}
