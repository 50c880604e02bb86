package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
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

  /** Where a task says that it is started and the play goes on. */
  Optional<Place> detach() {
    if (!flag("detach")) {
      return Optional.empty();
    }
    mapping
        .entry("timeout")
        .ifPresent(e ->
            problems.error(
                e.key().place(),
                "'detach' and 'timeout' do not go together",
                "a detached task may take as long as it wants; give the wait_for_task a timeout"));
    return mapping.entry("detach").map(e -> e.key().place());
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

  /** A whole number from 1 on. */
  Optional<Integer> count(String keyword) {
    return scalar(keyword)
        .flatMap(s -> {
          if (s.text().matches("[1-9][0-9]{0,5}")) {
            return Optional.of(Integer.parseInt(s.text()));
          }
          problems.error(
              s.place(),
              keyword + " is a whole number from 1 on, this is '" + s.text() + "'",
              "leave it out for no limit");
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

  /** The same for names that must be known before any host is asked. */
  List<Node.Scalar> fixed(String keyword) {
    List<Node.Scalar> all = scalars(keyword);
    all.stream()
        .filter(s -> Lookup.dynamic(s.text()))
        .forEach(s ->
            problems.error(
                s.place(),
                keyword + " hold no expressions, this is '" + s.text() + "'",
                "write the names themselves"));
    return all;
  }

  /** What modules are given where their tasks do not say it. */
  List<ModuleDefaults> moduleDefaults() {
    var found = new ArrayList<ModuleDefaults>();
    for (Node.Entry e : mapping("module_defaults").map(Node.Mapping::entries).orElse(List.of())) {
      switch (e.value()) {
        case Node.Mapping args ->
            found.add(new ModuleDefaults(e.key(), CallReader.shortName(e.name()), args));
        case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
        case Node.Scalar s ->
            problems.error(
                s.place(), "module_defaults are parameters and their values, this is plain text");
        case Node.Sequence s ->
            problems.error(
                s.place(), "module_defaults are parameters and their values, this is a list");
      }
    }
    return List.copyOf(found);
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
