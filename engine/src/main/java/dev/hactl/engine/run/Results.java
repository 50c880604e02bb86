package dev.hactl.engine.run;

import dev.hactl.engine.module.Manual;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@code register} sees. Keys are Ansible's. */
final class Results {
  private Results() {}

  /** Fields every result may have; what is not known yet reads as unknown, never as a default. */
  private static final List<String> COMMON =
      List.of(
          "rc", "stdout", "stderr", "stdout_lines", "stderr_lines", "msg", "start", "end", "delta");

  /** Every name a result may have, for verdicts that are looked at before there is one. */
  static Set<String> names(Manual manual) {
    var names = new TreeSet<>(COMMON);
    names.addAll(List.of("changed", "failed", "skipped", "attempts", "results"));
    manual.returns().forEach(r -> names.add(r.name()));
    return names;
  }

  static Value.Dict ok(boolean changed, Map<String, Value> more) {
    var entries = new LinkedHashMap<String, Value>();
    entries.put("changed", Value.bool(changed));
    entries.put("failed", Value.bool(false));
    entries.put("skipped", Value.bool(false));
    entries.putAll(more);
    return Value.dict(entries);
  }

  static Value.Dict failed(String message) {
    var entries = new LinkedHashMap<String, Value>();
    entries.put("changed", Value.bool(false));
    entries.put("failed", Value.bool(true));
    entries.put("skipped", Value.bool(false));
    entries.put("msg", Value.text(message));
    return Value.dict(entries);
  }

  /** A skipped task has no status and no output: whatever asks for them cannot be answered. */
  static Value.Dict skipped(String task) {
    var entries = unknowns("'" + task + "' was skipped and has no result");
    entries.put("changed", Value.bool(false));
    entries.put("failed", Value.bool(false));
    entries.put("skipped", Value.bool(true));
    return Value.dict(entries);
  }

  /** A task that would change something: its output is not known. */
  static Value.Dict predicted(String task, Manual manual) {
    var entries = unknowns("it needs the result of '" + task + "', which would run first");
    manual
        .returns()
        .forEach(
            r -> entries.put(r.name(), new Value.Unknown("it needs the result of '" + task + "'")));
    entries.put("changed", Value.bool(true));
    entries.put("failed", new Value.Unknown("it needs the result of '" + task + "'"));
    entries.put("skipped", Value.bool(false));
    return Value.dict(entries);
  }

  /** Nothing at all can be told. */
  static Value.Dict unknown(String task, String why) {
    var entries = unknowns("it needs the result of '" + task + "': " + why);
    for (String key : List.of("changed", "failed", "skipped")) {
      entries.put(key, new Value.Unknown("it needs the result of '" + task + "': " + why));
    }
    return Value.dict(entries);
  }

  private static Map<String, Value> unknowns(String why) {
    var entries = new LinkedHashMap<String, Value>();
    COMMON.forEach(key -> entries.put(key, new Value.Unknown(why)));
    return entries;
  }

  /** Status and output of a program. */
  static Map<String, Value> program(int status, String out, String err, boolean secret) {
    var entries = new LinkedHashMap<String, Value>();
    entries.put("rc", Value.number(status));
    entries.put("stdout", new Value.Text(out, secret));
    entries.put("stderr", new Value.Text(err, secret));
    entries.put("stdout_lines", lines(out, secret));
    entries.put("stderr_lines", lines(err, secret));
    return entries;
  }

  private static Value lines(String text, boolean secret) {
    return new Value.Items(text.lines().map(l -> (Value) new Value.Text(l, secret)).toList());
  }

  /** The result of a loop: Ansible's {@code results} list and the sums. */
  static Value.Dict loop(List<ItemResult> items) {
    var entries = new LinkedHashMap<String, Value>();
    entries.put("changed", Value.bool(items.stream().anyMatch(ItemResult::changed)));
    entries.put("failed", Value.bool(items.stream().anyMatch(ItemResult::failed)));
    entries.put(
        "skipped",
        Value.bool(
            !items.isEmpty() && items.stream().allMatch(i -> isTrue(i.result(), "skipped"))));
    entries.put("results", new Value.Items(items.stream().map(i -> (Value) i.result()).toList()));
    return Value.dict(entries);
  }

  static boolean isTrue(Value.Dict result, String key) {
    return result.get(key).orElse(null) instanceof Value.Bool b && b.value();
  }
}
