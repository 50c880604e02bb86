package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;

/** Lists of lists, and chance that is the same in every run. */
final class ListFunctions implements Group {
  /** How many items a result may have. */
  private static final int MANY = 1_000_000;

  @Override
  public String title() {
    return "Lists";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "flatten",
            "list, [levels]",
            "lists in it replaced by their items",
            "flatten([1, [2, [3]]])",
            "[1,2,3]"),
        new FunctionForm(
            "zip",
            "list...",
            "the first items together, the second, and so on; as many as the"
                + " shortest list has",
            "zip(['a', 'b'], [1, 2])",
            "[[\"a\",1],[\"b\",2]]"),
        new FunctionForm(
            "product",
            "list...",
            "every item of each with every item of the others",
            "product(['a', 'b'], [1, 2])",
            "[[\"a\",1],[\"a\",2],[\"b\",1],[\"b\",2]]"),
        new FunctionForm("sum", "list", "the sum of its numbers", "sum([1, 2, 3.5])", "6.5"),
        new FunctionForm(
            "groupby",
            "list, attribute",
            "a mapping from each value to the items that have it",
            "groupby([{'n': 1, 'on': 'a'}, {'n': 2, 'on': 'b'}], 'on')?keys",
            "[\"a\",\"b\"]"),
        new FunctionForm(
            "subelements",
            "list, attribute",
            "each item with each item of one of its lists",
            "subelements([{'u': 'x', 'k': [1, 2]}], 'k')?map(p -> p[0].u + p[1])",
            "[\"x1\",\"x2\"]"),
        new FunctionForm(
            "random",
            "x, [seed]",
            "a number below x, or an item of the list x; the seed is the"
                + " host's name unless one is given, so a host has the same in every run",
            "random(60, 'db1') == random(60, 'db1')",
            "true"),
        new FunctionForm(
            "shuffle",
            "list, [seed]",
            "the items in an order that depends on the seed, as for" + " random",
            "shuffle(['a', 'b', 'c'], 'db1')?sort",
            "[\"a\",\"b\",\"c\"]"));
  }

  @Override
  public boolean moves(String name) {
    return Set.of("flatten", "zip", "product", "subelements").contains(name);
  }

  @Override
  public Value call(String name, Args args) {
    return switch (name) {
      case "flatten" -> {
        var all = new ArrayList<Value>();
        flatten(args.list(0), args.whole(1, 0, 1000, 1000), all);
        yield items(all);
      }
      case "zip" -> zip(args);
      case "product" -> product(args);
      case "sum" -> sum(args);
      case "groupby" -> groups(args);
      case "subelements" -> subelements(args);
      case "random" -> random(args);
      case "shuffle" -> {
        var all = new ArrayList<>(args.list(0));
        Collections.shuffle(all, new Random(seed(args)));
        yield items(all);
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Value items(Collection<Value> items) {
    return new Value.Items(List.copyOf(items));
  }

  private static void flatten(List<Value> items, int levels, List<Value> into) {
    for (Value item : items) {
      if (item instanceof Value.Items inner && levels > 0) {
        flatten(inner.items(), levels - 1, into);
      } else {
        into.add(item);
      }
    }
  }

  private static Value zip(Args args) {
    int shortest = Integer.MAX_VALUE;
    for (int i = 0; i < args.count(); i++) {
      shortest = Math.min(shortest, args.list(i).size());
    }
    var all = new ArrayList<Value>();
    for (int at = 0; at < shortest; at++) {
      var row = new ArrayList<Value>();
      for (int i = 0; i < args.count(); i++) {
        row.add(args.list(i).get(at));
      }
      all.add(new Value.Items(row));
    }
    return items(all);
  }

  private static Value product(Args args) {
    List<List<Value>> rows = List.of(List.of());
    for (int i = 0; i < args.count(); i++) {
      List<Value> more = args.list(i);
      if ((long) rows.size() * more.size() > MANY) {
        throw args.bad(i, "would make more than " + MANY + " items");
      }
      var longer = new ArrayList<List<Value>>();
      for (List<Value> row : rows) {
        for (Value item : more) {
          var next = new ArrayList<>(row);
          next.add(item);
          longer.add(next);
        }
      }
      rows = longer;
    }
    return items(rows.stream().map(r -> (Value) new Value.Items(r)).toList());
  }

  private static Value sum(Args args) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Value item : args.list(0)) {
      if (!(item instanceof Value.Num n)) {
        throw args.bad(0, "must be a list of numbers");
      }
      sum = sum.add(n.number());
    }
    return new Value.Num(sum, false);
  }

  private static Value attribute(Args args, Value item) {
    String attribute = args.text(1);
    if (item instanceof Value.Dict d && d.get(attribute).isPresent()) {
      return d.get(attribute).get();
    }
    throw MappingFunctions.absent(args, attribute);
  }

  private static Value groups(Args args) {
    var groups = new LinkedHashMap<String, List<Value>>();
    for (Value item : args.list(0)) {
      Value named = attribute(args, item);
      if (named.secret()) {
        throw args.bad(1, "must not name a secret: keys of mappings are shown");
      }
      String key =
          switch (named) {
            case Value.Text t -> t.text();
            case Value.Num n -> n.plain();
            case Value.Bool b -> Boolean.toString(b.value());
            case Value v -> throw args.bad(1, "must name a text, a number or a boolean");
          };
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(item);
    }
    var all = new LinkedHashMap<String, Value>();
    groups.forEach((key, items) -> all.put(key, new Value.Items(items)));
    return new Value.Dict(all);
  }

  private static Value subelements(Args args) {
    var all = new ArrayList<Value>();
    for (Value item : args.list(0)) {
      if (!(attribute(args, item) instanceof Value.Items inner)) {
        throw args.bad(1, "must name a list in every item");
      }
      inner.items().forEach(i -> all.add(new Value.Items(List.of(item, i))));
    }
    return items(all);
  }

  private static Value random(Args args) {
    var random = new Random(seed(args));
    if (args.any(0) instanceof Value.Items items) {
      if (items.items().isEmpty()) {
        throw args.bad(0, "must not be an empty list");
      }
      return items.items().get(random.nextInt(items.items().size()));
    }
    return Value.number(random.nextInt(args.whole(0, 1, Integer.MAX_VALUE)));
  }

  private static long seed(Args args) {
    var sum = new CRC32();
    sum.update(args.text(1, args.around().host()).getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }
}
