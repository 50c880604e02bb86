package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.Optional;

/** Where variables are expected. */
final class Variables {
  private Variables() {}

  /** The variables; empty for nothing, and when something else stands there, which is noted. */
  static Optional<Node.Mapping> mapping(Node node, Problems problems) {
    return switch (node) {
      case Node.Mapping m -> Optional.of(m);
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> Optional.empty();
      case Node.Scalar s -> {
        problems.error(s.place(), "variables are a mapping of names, this is a " + s.describe());
        yield Optional.empty();
      }
      case Node.Sequence s -> {
        problems.error(s.place(), "variables are a mapping of names, this is a list");
        yield Optional.empty();
      }
    };
  }
}
