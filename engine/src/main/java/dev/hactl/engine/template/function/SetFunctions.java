package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists as sets, in the order their items first stand in. */
final class SetFunctions implements Group {
  @Override
  public String title() {
    return "Lists as sets";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "unique",
            "list",
            "every item once, in the order they first stand in",
            "unique([1, 2, 1])",
            "[1,2]"),
        new FunctionForm(
            "union", "a, b", "the items of both, each once", "union([1, 2], [2, 3])", "[1,2,3]"),
        new FunctionForm(
            "intersect", "a, b", "the items that both have", "intersect([1, 2], [2, 3])", "[2]"),
        new FunctionForm(
            "difference",
            "a, b",
            "the items that only the first has",
            "difference(['db1', 'db2'], ['db1'])",
            "[\"db2\"]"),
        new FunctionForm(
            "symmetric_difference",
            "a, b",
            "the items that only one of them has",
            "symmetric_difference([1, 2], [2, 3])",
            "[1,3]"));
  }

  @Override
  public Value call(String name, Args args) {
    return switch (name) {
      case "unique" -> items(distinct(args.list(0)).values());
      case "union" -> {
        var all = distinct(args.list(0));
        distinct(args.list(1)).forEach(all::putIfAbsent);
        yield items(all.values());
      }
      case "intersect" -> {
        var all = distinct(args.list(0));
        all.keySet().retainAll(distinct(args.list(1)).keySet());
        yield items(all.values());
      }
      case "difference" -> items(without(args.list(0), args.list(1)));
      case "symmetric_difference" -> {
        var all = without(args.list(0), args.list(1));
        all.addAll(without(args.list(1), args.list(0)));
        yield items(all);
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Value items(Collection<Value> items) {
    return new Value.Items(List.copyOf(items));
  }

  /** The items by what they are when secrecy and the way a number is written do not count. */
  private static Map<Value, Value> distinct(List<Value> items) {
    var all = new LinkedHashMap<Value, Value>();
    items.forEach(i -> all.putIfAbsent(bare(i), i));
    return all;
  }

  /** Whether two values are the same when secrecy and the way a number is written do not count. */
  static boolean same(Value a, Value b) {
    return bare(a).equals(bare(b));
  }

  private static Value bare(Value value) {
    return switch (value) {
      case Value.Text t -> Value.text(t.text());
      case Value.Num n -> Value.number(n.plain());
      case Value.Bool b -> Value.bool(b.value());
      case Value.Items i -> new Value.Items(i.items().stream().map(SetFunctions::bare).toList());
      case Value.Dict d -> {
        var entries = new LinkedHashMap<String, Value>();
        d.entries().forEach((k, v) -> entries.put(k, bare(v)));
        yield new Value.Dict(entries);
      }
      case Value.Nothing n -> n;
      case Value.Unknown u -> u;
    };
  }

  private static List<Value> without(List<Value> some, List<Value> others) {
    var left = distinct(some);
    left.keySet().removeAll(distinct(others).keySet());
    return new ArrayList<>(left.values());
  }
}
