package dev.hactl.engine.value;

import dev.hactl.engine.source.Node;
import java.util.LinkedHashMap;
import java.util.Locale;

/** The values of nodes that hold no expressions. */
public final class Literal {
  private Literal() {}

  /** The value of a node, texts taken as they are. */
  public static Value of(Node node) {
    return switch (node) {
      case Node.Scalar s -> scalar(s);
      case Node.Sequence s -> new Value.Items(s.items().stream().map(Literal::of).toList());
      case Node.Mapping m -> {
        var entries = new LinkedHashMap<String, Value>();
        m.entries().forEach(e -> entries.put(e.name(), of(e.value())));
        yield new Value.Dict(entries);
      }
    };
  }

  private static Value scalar(Node.Scalar s) {
    return s.vaulted() ? new Value.Text(s.reveal(), true) : Value.tainted(plain(s), s.secret());
  }

  private static Value plain(Node.Scalar s) {
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
