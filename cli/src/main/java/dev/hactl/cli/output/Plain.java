package dev.hactl.cli.output;

import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as maps, lists, texts and numbers, with secrets replaced: what JSON can hold. */
public final class Plain {
  private Plain() {}

  /** What JSON can hold of a value. */
  public static @Nullable Object of(Value value) {
    return switch (value) {
      case Value.Num number when !number.secret() -> number.exact();
      case Value.Bool bool when !bool.secret() -> bool.value();
      case Value.Items items -> of(items.items());
      case Value.Dict mapping -> of(mapping.entries());
      case Value.Nothing _ -> null;
      case Value.Text _, Value.Num _, Value.Bool _, Value.Unknown _ -> value.show();
    };
  }

  static Map<String, @Nullable Object> of(Map<String, Value> values) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, value) -> plain.put(name, of(value)));
    return plain;
  }

  private static List<@Nullable Object> of(List<Value> values) {
    var plain = new ArrayList<@Nullable Object>();
    values.forEach(value -> plain.add(of(value)));
    return plain;
  }
}
