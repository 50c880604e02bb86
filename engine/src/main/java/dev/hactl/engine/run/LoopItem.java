package dev.hactl.engine.run;

import dev.hactl.engine.model.LoopControl;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One round of a loop.
 *
 * @param value the item
 * @param names what the task knows of it: the item, its index, its place in the loop
 * @param label what is told of it
 */
record LoopItem(Value value, SequencedMap<String, Value> names, Value label) {

  /** The item of a list that stands at an index. */
  static LoopItem of(LoopControl control, List<Value> all, int index) {
    Value value = all.get(index);
    var names = new LinkedHashMap<String, Value>();
    names.put(control.variable().text(), value);
    control.index().ifPresent(i -> names.put(i.text(), Value.number(index)));
    if (control.extended()) {
      names.put(LoopControl.EXTENDED, extended(all, index));
    }
    return new LoopItem(value, names, value);
  }

  /** The names are Ansible's. */
  private static Value extended(List<Value> all, int index) {
    int left = all.size() - index;
    var entries = new LinkedHashMap<String, Value>();
    entries.put("index", Value.number(index + 1L));
    entries.put("index0", Value.number(index));
    entries.put("revindex", Value.number(left));
    entries.put("revindex0", Value.number(left - 1L));
    entries.put("first", Value.bool(index == 0));
    entries.put("last", Value.bool(left == 1));
    entries.put("length", Value.number(all.size()));
    entries.put("allitems", new Value.Items(all));
    if (index > 0) {
      entries.put("previtem", all.get(index - 1));
    }
    if (left > 1) {
      entries.put("nextitem", all.get(index + 1));
    }
    return Value.dict(entries);
  }

  /** The items of what a task is repeated over; empty when that is neither list nor mapping. */
  static Optional<List<Value>> items(Value over) {
    return switch (over) {
      case Value.Items i -> Optional.of(i.items());
      case Value.Nothing n -> Optional.of(List.of());
      case Value.Dict d -> {
        var pairs = new ArrayList<Value>();
        d.entries()
            .forEach((key, value) ->
                pairs.add(Value.dict(new LinkedHashMap<>(pair(Value.text(key), value)))));
        yield Optional.of(pairs);
      }
      case Value.Text t -> Optional.empty();
      case Value.Num n -> Optional.empty();
      case Value.Bool b -> Optional.empty();
      case Value.Unknown u -> Optional.empty();
    };
  }

  private static Map<String, Value> pair(Value key, Value value) {
    var pair = new LinkedHashMap<String, Value>();
    pair.put("key", key);
    pair.put("value", value);
    return pair;
  }

  /** The same, told in other words. */
  LoopItem labelled(Value other) {
    return new LoopItem(value, names, other);
  }

  /** What one round came to, with the item it was for. */
  static ItemResult result(Task task, Call call, ItemResult result) {
    return call.item()
        .map(i -> {
          String name = task.keywords().loopControl().variable().text();
          return result.plus(name, i.value()).plus("ansible_loop_var", Value.text(name));
        })
        .orElse(result);
  }
}
