package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.util.List;
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

  Optional<Control.Meta> steer() {
    return items.stream().flatMap(i -> i.steer().stream()).findFirst();
  }
}
