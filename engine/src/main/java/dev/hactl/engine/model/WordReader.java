package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what follows a word that names a file. */
final class WordReader {
  private WordReader() {}

  /** The name that is all a word says, or one of its keys. */
  static Optional<Node.Scalar> name(Node.Entry entry, String key, String word, Problems problems) {
    switch (entry.value()) {
      case Node.Scalar s when s.kind() != Node.Kind.NULL -> {
        return Optional.of(s);
      }
      case Node.Mapping m when m.get(key).isPresent() -> {
        if (word.equals("import_tasks")) {
          unknown(m, Set.of(key), word, problems);
        }
        return new KeywordReader(m, problems).scalar(key);
      }
      case Node.Scalar s -> {}
      case Node.Mapping m -> {}
      case Node.Sequence s -> {}
    }
    problems.error(entry.value().place(), word + " names a file", "write '" + word + ": NAME.yml'");
    return Optional.empty();
  }

  static void unknown(Node.Mapping m, Set<String> known, String word, Problems problems) {
    for (Node.Entry e : m.entries()) {
      if (!known.contains(e.name())) {
        problems.error(
            e.key().place(),
            word + " has no '" + e.name() + "'",
            Near.hint(e.name(), known).orElse("known: " + String.join(", ", new TreeSet<>(known))));
      }
    }
  }
}
