package dev.hactl.engine.template.function;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON, keys in the order they have. */
public final class Json {
  private static final int FIRST_PRINTABLE = 0x20;

  private Json() {}

  /** On one line, without spaces. */
  public static String compact(Value value) {
    var text = new StringBuilder();
    write(value, text, -1, 0);
    return text.toString();
  }

  /** A line for each entry and item, indented. */
  static String indented(Value value, int spaces) {
    var text = new StringBuilder();
    write(value, text, spaces, 0);
    return text.toString();
  }

  private static void write(Value value, StringBuilder text, int spaces, int depth) {
    switch (value) {
      case Value.Text t -> quote(t.text(), text);
      case Value.Num n -> text.append(n.plain());
      case Value.Bool b -> text.append(b.value());
      case Value.Nothing n -> text.append("null");
      case Value.Unknown u -> throw new IllegalArgumentException("unknown: " + u.why());
      case Value.Items items -> {
        text.append('[');
        String separator = "";
        for (Value item : items.items()) {
          text.append(separator);
          line(text, spaces, depth + 1);
          write(item, text, spaces, depth + 1);
          separator = ",";
        }
        close(text, spaces, depth, items.items().isEmpty(), ']');
      }
      case Value.Dict dict -> {
        text.append('{');
        String separator = "";
        for (Map.Entry<String, Value> e : dict.entries().entrySet()) {
          text.append(separator);
          line(text, spaces, depth + 1);
          quote(e.getKey(), text);
          text.append(spaces < 0 ? ":" : ": ");
          write(e.getValue(), text, spaces, depth + 1);
          separator = ",";
        }
        close(text, spaces, depth, dict.entries().isEmpty(), '}');
      }
    }
  }

  private static void line(StringBuilder text, int spaces, int depth) {
    if (spaces >= 0) {
      text.append('\n').repeat(' ', spaces * depth);
    }
  }

  private static void close(
      StringBuilder text, int spaces, int depth, boolean empty, char bracket) {
    if (!empty) {
      line(text, spaces, depth);
    }
    text.append(bracket);
  }

  /** A string of JSON, which is one of YAML too. */
  static void quote(String text, StringBuilder into) {
    into.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> into.append("\\\"");
        case '\\' -> into.append("\\\\");
        case '\n' -> into.append("\\n");
        case '\r' -> into.append("\\r");
        case '\t' -> into.append("\\t");
        default -> {
          if (c < FIRST_PRINTABLE || c == 0x7f || (Character.isSurrogate(c) && lone(text, i))) {
            into.append("\\u%04x".formatted((int) c));
          } else {
            into.append(c);
          }
        }
      }
    }
    into.append('"');
  }

  private static boolean lone(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  /**
   * Reads JSON.
   *
   * @throws IOException when it is none
   */
  static Value read(String text) throws IOException {
    if (text.isBlank()) {
      throw new IOException("it is empty");
    }
    return value(JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS).anyFrom(text));
  }

  private static Value value(@Nullable Object read) {
    return switch (read) {
      case null -> new Value.Nothing();
      case String s -> Value.text(s);
      case Boolean b -> Value.bool(b);
      case Number n -> new Value.Num(new BigDecimal(n.toString()), false);
      case List<?> items -> {
        var all = new ArrayList<Value>();
        items.forEach(i -> all.add(value(i)));
        yield new Value.Items(all);
      }
      case Map<?, ?> map -> {
        var all = new LinkedHashMap<String, Value>();
        map.forEach((k, v) -> all.put(String.valueOf(k), value(v)));
        yield new Value.Dict(all);
      }
      default -> throw new IllegalStateException(read.getClass().getName());
    };
  }
}
