package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the arguments that a role declares. */
final class ArgumentReader {
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "elements",
          "required",
          "default",
          "choices",
          "options",
          "description",
          "short_description",
          "version_added",
          "no_log");

  private final Problems problems;

  ArgumentReader(Problems problems) {
    this.problems = problems;
  }

  /** The arguments below {@code options}. */
  List<Argument> options(KeywordReader in) {
    var found = new ArrayList<Argument>();
    for (Node.Entry e : in.mapping("options").map(Node.Mapping::entries).orElse(List.of())) {
      switch (e.value()) {
        case Node.Mapping m -> found.add(argument(e.key(), m));
        case Node.Scalar s when s.kind() == Node.Kind.NULL ->
            found.add(argument(e.key(), new Node.Mapping(List.of(), s.place())));
        case Node.Scalar s -> wrong(s);
        case Node.Sequence s -> wrong(s);
      }
    }
    return List.copyOf(found);
  }

  private void wrong(Node node) {
    problems.error(
        node.place(),
        "an argument is a mapping, this is a " + node.describe(),
        "write {type: str, required: true}");
  }

  private Argument argument(Node.Scalar name, Node.Mapping m) {
    for (Node.Entry e : m.entries()) {
      if (!KEYS.contains(e.name())) {
        problems.error(
            e.key().place(),
            "an argument has no '" + e.name() + "'",
            Near.hint(e.name(), KEYS).orElse("known: " + String.join(", ", new TreeSet<>(KEYS))));
      }
    }
    var in = new KeywordReader(m, problems);
    boolean required = in.flag("required");
    if (required && m.get("default").isPresent()) {
      problems.error(
          m.entry("default").orElseThrow().key().place(),
          "'" + name.text() + "' is required, so a default is never used",
          "leave out one of them");
    }
    Optional<Argument.Type> type = type(in, "type");
    List<Argument> options = options(in);
    return new Argument(
        name,
        type.orElse(options.isEmpty() ? Argument.Type.STR : Argument.Type.DICT),
        type(in, "elements"),
        required,
        in.scalars("choices"),
        options,
        in.flag("no_log"));
  }

  private Optional<Argument.Type> type(KeywordReader in, String key) {
    return in.scalar(key)
        .flatMap(s -> {
          List<String> known =
              Arrays.stream(Argument.Type.values())
                  .map(t -> t.name().toLowerCase(Locale.ROOT))
                  .toList();
          if (known.contains(s.text())) {
            return Optional.of(Argument.Type.valueOf(s.text().toUpperCase(Locale.ROOT)));
          }
          problems.error(
              s.place(),
              "there is no type '" + s.text() + "'",
              Near.hint(s.text(), known).orElse("types: " + String.join(", ", known)));
          return Optional.empty();
        });
  }
}
