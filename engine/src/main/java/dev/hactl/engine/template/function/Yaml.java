package dev.hactl.engine.template.function;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import dev.hactl.engine.value.Literal;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Values as YAML in blocks, and back. What is read is data: nothing in it is rendered. */
final class Yaml {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_/][A-Za-z0-9_/.@+-]*(?: [A-Za-z0-9_/.@+-]+)*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

  private Yaml() {}

  /** A document, ending with a line end. */
  static String write(Value value, int spaces) {
    var text = new StringBuilder();
    write(value, text, spaces, 0);
    if (text.isEmpty() || text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    return text.toString();
  }

  private static void write(Value value, StringBuilder text, int spaces, int depth) {
    switch (value) {
      case Value.Text t -> scalar(t.text(), text);
      case Value.Num n -> text.append(n.plain());
      case Value.Bool b -> text.append(b.value());
      case Value.Nothing n -> text.append("null");
      case Value.Unknown u -> throw new IllegalArgumentException("unknown: " + u.why());
      case Value.Items items when items.items().isEmpty() -> text.append("[]");
      case Value.Dict dict when dict.entries().isEmpty() -> text.append("{}");
      case Value.Items items -> {
        for (Value item : items.items()) {
          text.repeat(' ', spaces * depth).append('-');
          inner(item, text, spaces, depth + 1);
        }
      }
      case Value.Dict dict -> {
        for (Map.Entry<String, Value> e : dict.entries().entrySet()) {
          text.repeat(' ', spaces * depth);
          scalar(e.getKey(), text);
          text.append(':');
          inner(e.getValue(), text, spaces, depth + 1);
        }
      }
    }
  }

  private static void inner(Value value, StringBuilder text, int spaces, int depth) {
    boolean block =
        switch (value) {
          case Value.Items i -> !i.items().isEmpty();
          case Value.Dict d -> !d.entries().isEmpty();
          case Value.Text t -> false;
          case Value.Num n -> false;
          case Value.Bool b -> false;
          case Value.Nothing n -> false;
          case Value.Unknown u -> false;
        };
    text.append(block ? '\n' : ' ');
    write(value, text, spaces, depth);
    if (!block) {
      text.append('\n');
    }
  }

  /** Plain where no reader of YAML could take it for anything but a text. */
  private static void scalar(String text, StringBuilder into) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (PLAIN.matcher(text).matches() && !WORDS.contains(lower)) {
      into.append(text);
    } else {
      Json.quote(text, into);
    }
  }

  /** The value of a document; empty when it is none, with what is wrong in {@code problems}. */
  static Optional<Value> read(String text, Problems problems) {
    return YamlReader.parse(new SourceFile("the text", text), problems)
        .filter(n -> !problems.hasErrors())
        .map(Yaml::value);
  }

  private static Value value(Node node) {
    return switch (node) {
      case Node.Scalar s -> Literal.of(s);
      case Node.Sequence s -> new Value.Items(s.items().stream().map(Yaml::value).toList());
      case Node.Mapping m -> {
        var entries = new LinkedHashMap<String, Value>();
        m.entries().forEach(e -> entries.put(e.name(), value(e.value())));
        yield new Value.Dict(entries);
      }
    };
  }
}
