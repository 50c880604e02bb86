package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the values of keywords; notes a problem where one does not fit and goes on with nothing.
 */
final class KeywordReader {
  private final Node.Mapping mapping;
  private final Problems problems;

  KeywordReader(Node.Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  Optional<Boolean> bool(String keyword) {
    return scalar(keyword)
        .flatMap(s ->
            switch (s.text().toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on" -> Optional.of(true);
              case "false", "no", "off" -> Optional.of(false);
              default -> {
                problems.error(
                    s.place(), keyword + " is true or false, this is '" + s.text() + "'");
                yield Optional.empty();
              }
            });
  }

  boolean flag(String keyword) {
    return bool(keyword).orElse(false);
  }

  Optional<Node.Scalar> scalar(String keyword) {
    return mapping
        .get(keyword)
        .flatMap(node -> {
          if (node instanceof Node.Scalar s && s.kind() != Node.Kind.NULL) {
            return Optional.of(s);
          }
          problems.error(node.place(), keyword + " is a single value, this is " + described(node));
          return Optional.empty();
        });
  }

  Optional<String> name(String keyword) {
    return scalar(keyword)
        .flatMap(s -> {
          if (s.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return Optional.of(s.text());
          }
          problems.error(
              s.place(),
              keyword + " names a variable, '" + s.text() + "' cannot be one",
              "use letters, digits and underscores, beginning with a letter");
          return Optional.empty();
        });
  }

  /** One value or a list of them. */
  List<Node.Scalar> scalars(String keyword) {
    Optional<Node> node = mapping.get(keyword);
    if (node.isEmpty()) {
      return List.of();
    }
    return switch (node.get()) {
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> List.of();
      case Node.Scalar s -> List.of(s);
      case Node.Sequence s -> {
        var found = new ArrayList<Node.Scalar>();
        for (Node item : s.items()) {
          if (item instanceof Node.Scalar scalar) {
            found.add(scalar);
          } else {
            problems.error(
                item.place(), keyword + " lists single values, this is " + described(item));
          }
        }
        yield List.copyOf(found);
      }
      case Node.Mapping m -> {
        problems.error(m.place(), keyword + " is a value or a list of values, this is a mapping");
        yield List.of();
      }
    };
  }

  Optional<Node.Mapping> mapping(String keyword) {
    return mapping
        .get(keyword)
        .filter(n -> !(n instanceof Node.Scalar s && s.kind() == Node.Kind.NULL))
        .flatMap(node -> {
          if (node instanceof Node.Mapping m) {
            return Optional.of(m);
          }
          problems.error(node.place(), keyword + " is a mapping, this is " + described(node));
          return Optional.empty();
        });
  }

  Optional<Node.Sequence> sequence(String keyword) {
    return mapping
        .get(keyword)
        .filter(n -> !(n instanceof Node.Scalar s && s.kind() == Node.Kind.NULL))
        .flatMap(node -> {
          if (node instanceof Node.Sequence s) {
            return Optional.of(s);
          }
          problems.error(node.place(), keyword + " is a list, this is " + described(node));
          return Optional.empty();
        });
  }

  private static String described(Node node) {
    return "a " + node.describe();
  }
}
