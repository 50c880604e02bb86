package dev.hactl.modules.user;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Literals;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Takes the entries of a mapping one by one and notes everything that does not fit. */
final class Fields {
  private final String what;
  private final Node.Mapping mapping;
  private final Problems problems;
  private final Set<String> known = new HashSet<>();

  private Fields(String what, Node.Mapping mapping, Problems problems) {
    this.what = what;
    this.mapping = mapping;
    this.problems = problems;
  }

  /** The entries of a node; empty, with a problem noted, when it is no mapping. */
  static Optional<Fields> of(String what, Node node, Problems problems) {
    if (node instanceof Node.Mapping mapping) {
      return Optional.of(new Fields(what, mapping, problems));
    }
    problems.error(node.place(), what + " is a mapping, this is a " + node.describe());
    return Optional.empty();
  }

  Place place() {
    return mapping.place();
  }

  Node.Mapping mapping() {
    return mapping;
  }

  /** The node of a key. */
  Optional<Node> node(String key) {
    known.add(key);
    return mapping.get(key);
  }

  /** The value of a key, read as a type. */
  <T> Optional<T> get(String key, Type.Plain<T> type) {
    return node(key).flatMap(node -> read(key, node, type));
  }

  /** A text that must be there and say something. */
  String text(String key, String why) {
    Optional<String> text = get(key, Types.TEXT);
    if (text.isEmpty() || text.get().isBlank()) {
      problems.error(
          node(key).map(Node::place).orElse(place()), what + " needs '" + key + "'", why);
    }
    return text.orElse("");
  }

  /** Reads a node as a type; empty, with a problem noted, when it does not fit. */
  <T> Optional<T> read(String key, Node node, Type.Plain<T> type) {
    try {
      if (node instanceof Node.Scalar scalar) {
        type.literal().accept(scalar);
      }
      return Optional.ofNullable(type.convert().apply(Literals.value(node)));
    } catch (BadValue e) {
      problems.add(
          new Problem(
              Problem.Severity.ERROR,
              node.place(),
              key + ": " + e.getMessage(),
              Optional.of(e.advice()).filter(a -> !a.isEmpty())));
      return Optional.empty();
    }
  }

  /** Notes the keys that nobody asked for. */
  void refuseOthers() {
    for (Node.Entry entry : mapping.entries()) {
      if (!known.contains(entry.name())) {
        problems.error(
            entry.key().place(),
            what + " has no '" + entry.name() + "'",
            Near.hint(entry.name(), known)
                .orElse("it may hold " + String.join(", ", known.stream().sorted().toList())));
      }
    }
  }
}
