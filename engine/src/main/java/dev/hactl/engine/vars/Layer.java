package dev.hactl.engine.vars;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.value.Literal;
import dev.hactl.engine.value.Origin;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Variables that were set together.
 *
 * @param bindings by name
 */
public record Layer(Map<String, Binding> bindings) {

  /** Variables as written in a mapping. */
  public static Layer written(
      Precedence level, String scope, Node.Mapping mapping, boolean secret) {
    var bindings = new LinkedHashMap<String, Binding>();
    for (Node.Entry e : mapping.entries()) {
      bindings.put(
          e.name(),
          new Binding(
              level,
              new Binding.Content.Written(e.value(), secret || isPassword(e.name())),
              new Origin(scope, e.key().place())));
    }
    return new Layer(bindings);
  }

  /** Variables whose texts are data: they are as they stand, never rendered. */
  public static Layer data(Precedence level, String scope, Node.Mapping mapping) {
    var bindings = new LinkedHashMap<String, Binding>();
    for (Node.Entry e : mapping.entries()) {
      Value value = Value.tainted(Literal.of(e.value()), isPassword(e.name()));
      bindings.put(
          e.name(),
          new Binding(level, new Binding.Content.Ready(value), new Origin(scope, e.key().place())));
    }
    return new Layer(bindings);
  }

  /** Connection passwords are secret wherever they are written. */
  private static boolean isPassword(String name) {
    return name.startsWith("ansible_") && (name.endsWith("_password") || name.endsWith("_pass"));
  }

  /** A single value that is worked out when it is needed. */
  public static Layer computed(
      Precedence level, String scope, Place place, String name, Supplier<Value> value) {
    return new Layer(
        Map.of(
            name,
            new Binding(level, new Binding.Content.Computed(value), new Origin(scope, place))));
  }

  /** Values that need no rendering. */
  public static Layer ready(
      Precedence level, String scope, Place place, Map<String, Value> values) {
    var bindings = new LinkedHashMap<String, Binding>();
    values.forEach((name, value) ->
        bindings.put(
            name, new Binding(level, new Binding.Content.Ready(value), new Origin(scope, place))));
    return new Layer(bindings);
  }
}
