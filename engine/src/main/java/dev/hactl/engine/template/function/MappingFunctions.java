package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mappings: merged, and as lists. */
final class MappingFunctions implements Group {
  @Override
  public String title() {
    return "Mappings";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "combine",
            "a, b, [how]",
            "both together, the second wins, as `a + b` does; with `'recursive'` mappings in them"
                + " are combined too",
            "combine({'a': {'x': 1}}, {'a': {'y': 2}}, 'recursive')",
            "{\"a\":{\"x\":1,\"y\":2}}"),
        new FunctionForm(
            "dict2items",
            "mapping, [key], [value]",
            "a list of its entries, each with `key` and `value`",
            "dict2items({'a': 1})",
            "[{\"key\":\"a\",\"value\":1}]"),
        new FunctionForm(
            "items2dict",
            "list, [key], [value]",
            "the mapping that such a list stands for",
            "items2dict([{'key': 'a', 'value': 1}])",
            "{\"a\":1}"),
        new FunctionForm(
            "extract",
            "keys, mapping",
            "the values that a mapping has for a list of keys",
            "extract(['a', 'c'], {'a': 1, 'b': 2, 'c': 3})",
            "[1,3]"));
  }

  @Override
  public boolean moves(String name) {
    return true;
  }

  @Override
  public Value call(String name, Args args) {
    return switch (name) {
      case "combine" ->
          combined(
              args.dict(0),
              args.dict(1),
              args.has(2) && args.word(2, List.of("recursive")).equals("recursive"));
      case "dict2items" -> entries(args);
      case "items2dict" -> mapping(args);
      case "extract" ->
          new Value.Items(
              args.texts(0).stream()
                  .map(k -> args.dict(1).get(k).orElseThrow(() -> absent(args, k)))
                  .toList());
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Value combined(Value.Dict a, Value.Dict b, boolean recursive) {
    var all = new LinkedHashMap<>(a.entries());
    for (Map.Entry<String, Value> e : b.entries().entrySet()) {
      Value value =
          recursive
                  && all.get(e.getKey()) instanceof Value.Dict before
                  && e.getValue() instanceof Value.Dict more
              ? combined(before, more, true)
              : e.getValue();
      all.put(e.getKey(), value);
    }
    return new Value.Dict(all);
  }

  private static Value entries(Args args) {
    var all = new ArrayList<Value>();
    String key = args.text(1, "key");
    String value = args.text(2, "value");
    args.dict(0)
        .entries()
        .forEach((k, v) -> {
          var entry = new LinkedHashMap<String, Value>();
          entry.put(key, Value.text(k));
          entry.put(value, v);
          all.add(new Value.Dict(entry));
        });
    return new Value.Items(all);
  }

  private static Value mapping(Args args) {
    var all = new LinkedHashMap<String, Value>();
    String key = args.text(1, "key");
    String value = args.text(2, "value");
    for (Value item : args.list(0)) {
      if (!(item instanceof Value.Dict entry)) {
        throw args.bad(0, "must be a list of mappings");
      }
      Value name = entry.get(key).orElseThrow(() -> absent(args, key));
      if (name.secret()) {
        throw args.bad(0, "must not have secrets as its keys: keys of mappings are shown");
      }
      all.put(
          switch (name) {
            case Value.Text t -> t.text();
            case Value.Num n -> n.plain();
            case Value v -> throw args.bad(0, "must have texts as its keys");
          },
          entry.get(value).orElseThrow(() -> absent(args, value)));
    }
    return new Value.Dict(all);
  }

  /** That a mapping does not have a key. */
  static BadCall absent(Args args, String key) {
    return args.bad(0, "has no '" + key + "' in some item");
  }
}
