package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds the files that imports name. */
final class Lookup {
  private final Documents documents;
  private final Problems problems;

  Lookup(Documents documents, Problems problems) {
    this.documents = documents;
    this.problems = problems;
  }

  /**
   * A name that is known before a host is asked, with the two folders that are always known written
   * out; notes a problem when it holds anything else.
   *
   * @param what is named, for the message
   */
  Optional<String> fixed(Node.Scalar name, String what, Home home) {
    String text =
        name.text()
            .replace("${playbook_dir}", home.folder().toString())
            .replace("${role_path}", home.role().map(r -> r.folder().toString()).orElse(""));
    if (!dynamic(text)) {
      return Optional.of(text);
    }
    problems.error(
        name.place(),
        "the name of a "
            + what
            + " must be known before any host is asked, this is '"
            + name.text()
            + "'",
        "write one line for each with a 'when:', or keep what differs in group_vars");
    return Optional.empty();
  }

  /** Whether a text holds what only rendering tells. */
  static boolean dynamic(String text) {
    return text.contains("${") || text.contains("<#") || text.contains("{{");
  }

  /** The first of some folders that holds a file; notes a problem when none does. */
  Optional<Path> find(Node.Scalar name, String what, List<Path> folders, Home home) {
    Optional<String> text = fixed(name, what, home);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> found = first(text.get(), folders);
    if (found.isEmpty()) {
      missing(name, what, text.get(), folders);
    }
    return found;
  }

  static Optional<Path> first(String name, List<Path> folders) {
    return folders.stream()
        .map(f -> f.resolve(name).normalize())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private void missing(Node.Scalar name, String what, String text, List<Path> folders) {
    List<Path> inside =
        folders.stream()
            .map(f -> f.resolve(text).normalize().getParent())
            .filter(Objects::nonNull)
            .toList();
    problems.error(
        name.place(),
        "there is no " + what + " '" + name.text() + "'",
        Near.hint(Path.of(text).getFileName().toString(), Documents.names(inside))
            .orElse("looked in " + shown(folders)));
  }

  /** Folders as messages name them. */
  String shown(List<Path> folders) {
    return String.join(
        ", ",
        folders.stream()
            .map(documents::shown)
            .map(f -> f.isEmpty() ? "the playbook's folder" : f)
            .distinct()
            .toList());
  }
}
