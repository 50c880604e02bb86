package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a task ended on a host.
 *
 * @param registered the result that a variable gets; unknown as a whole where nothing can be told
 * @param lost whether the host was lost meanwhile
 */
record TaskEnd(Task task, List<ItemResult> items, Value registered, boolean lost) {
  boolean changed() {
    return items.stream().anyMatch(ItemResult::changed);
  }

  boolean unknown() {
    return items.stream().anyMatch(i -> i.outcome() instanceof Outcome.Unknown);
  }

  boolean failed() {
    return items.stream().anyMatch(ItemResult::failed);
  }

  boolean refused() {
    return items.stream().anyMatch(i -> i.outcome() instanceof Outcome.Refused);
  }

  boolean skipped() {
    return items.stream().allMatch(i -> i.outcome() instanceof Outcome.Skipped);
  }

  /** The variables it set. */
  Map<String, Value> facts() {
    var facts = new LinkedHashMap<String, Value>();
    for (ItemResult item : items) {
      if (item.result().get("ansible_facts").orElse(null) instanceof Value.Dict set) {
        facts.putAll(set.entries());
      }
    }
    return facts;
  }

  Optional<Control.Meta> steer() {
    return items.stream().flatMap(i -> i.steer().stream()).findFirst();
  }
}
