package dev.hactl.engine.module;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Literal;
import dev.hactl.engine.value.Value;
import java.util.function.Predicate;

/** Reads nodes that hold no expressions. */
public final class Literals {
  private Literals() {}

  /** The value of a node, texts taken as they are. */
  public static Value value(Node node) {
    return Literal.of(node);
  }

  /** Whether no text in the node needs rendering. */
  static boolean isStatic(Node node, Predicate<String> dynamic) {
    return switch (node) {
      case Node.Scalar s ->
          s.tag().isEmpty() && !(s.kind() == Node.Kind.TEXT && dynamic.test(s.text()));
      case Node.Sequence s -> s.items().stream().allMatch(n -> isStatic(n, dynamic));
      case Node.Mapping m -> m.entries().stream().allMatch(e -> isStatic(e.value(), dynamic));
    };
  }
}
