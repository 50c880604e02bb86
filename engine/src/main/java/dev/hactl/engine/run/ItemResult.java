package dev.hactl.engine.run;

import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * How one item of a task ended on a host, or would.
 *
 * @param outcome for people
 * @param changes what was or would be changed
 * @param diffs before and after
 * @param result what {@code register} and {@code changed_when} see
 * @param steer what it asks of the order of the play
 */
record ItemResult(
    Outcome outcome,
    List<ChangeLine> changes,
    List<Diff> diffs,
    Value.Dict result,
    Optional<Control.Meta> steer) {

  static ItemResult of(Outcome outcome, Value.Dict result) {
    return new ItemResult(outcome, List.of(), List.of(), result, Optional.empty());
  }

  static ItemResult failed(String message) {
    return of(new Outcome.Failed(Outcome.Failure.of(message), false), Results.failed(message));
  }

  ItemResult with(Outcome other, Value.Dict otherResult) {
    return new ItemResult(other, changes, diffs, otherResult, steer);
  }

  ItemResult plus(String key, Value value) {
    var entries = new LinkedHashMap<>(result.entries());
    entries.put(key, value);
    return new ItemResult(outcome, changes, diffs, new Value.Dict(entries), steer);
  }

  boolean changed() {
    return outcome instanceof Outcome.Changed;
  }

  boolean failed() {
    return outcome instanceof Outcome.Failed || outcome instanceof Outcome.Refused;
  }
}
