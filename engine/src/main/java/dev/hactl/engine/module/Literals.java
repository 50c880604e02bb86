package dev.hactl.engine.module;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.function.Predicate;

/** Reads nodes that hold no expressions. */
public final class Literals {
  private Literals() {}

  /** The value of a node, texts taken as they are. */
  public static Value value(Node node) {
    return switch (node) {
      case Node.Scalar s -> scalar(s);
      case Node.Sequence s -> new Value.Items(s.items().stream().map(Literals::value).toList());
      case Node.Mapping m -> {
        var entries = new LinkedHashMap<String, Value>();
        m.entries().forEach(e -> entries.put(e.name(), value(e.value())));
        yield new Value.Dict(entries);
      }
    };
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

  private static Value scalar(Node.Scalar s) {
    return switch (s.kind()) {
      case TEXT -> Value.text(s.text());
      case NULL -> new Value.Nothing();
      case BOOLEAN -> Value.bool(s.text().toLowerCase(Locale.ROOT).equals("true"));
      case INTEGER -> Value.number(s.text());
      case DECIMAL -> decimal(s.text());
    };
  }

  private static Value decimal(String text) {
    try {
      return Value.number(text);
    } catch (NumberFormatException e) {
      return Value.text(text); // .inf and .nan have no place in a configuration; they stay text
    }
  }
}
