package dev.hactl.modules.files;

import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.value.Value;
import java.util.stream.Collectors;

/** Structured values as the content of a file. */
final class Json {
  private Json() {}

  static String write(Value value) {
    return switch (value) {
      case Value.Text t -> quote(t.text());
      case Value.Num n -> n.plain();
      case Value.Bool b -> Boolean.toString(b.value());
      case Value.Nothing n -> "null";
      case Value.Unknown u -> throw new Evaluation.Missing(u.why());
      case Value.Items i ->
          i.items().stream().map(Json::write).collect(Collectors.joining(", ", "[", "]"));
      case Value.Dict d ->
          d.entries().entrySet().stream()
              .map(e -> quote(e.getKey()) + ": " + write(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String quote(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20) {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
