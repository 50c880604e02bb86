package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a task says about its own result: conditions that name it. */
final class Judgement {
  private final Renderer renderer;
  private final boolean foretells;

  Judgement(Renderer renderer, boolean foretells) {
    this.renderer = renderer;
    this.foretells = foretells;
  }

  /** {@code changed_when} and {@code failed_when} replace the module's own verdict. */
  ItemResult of(HostPass pass, Task task, Call call, ItemResult result) {
    Task.Keywords k = task.keywords();
    if (result.outcome() instanceof Outcome.Refused
        || (k.changedWhen().isEmpty() && k.failedWhen().isEmpty())) {
      return result;
    }
    Variables names = pass.names.of(task, call.item(), result.result());
    ItemResult judged = result;
    if (!k.failedWhen().isEmpty() && !(foretells && result.changed())) {
      boolean failed = holds(k.failedWhen(), names);
      if (failed && !result.failed()) {
        String conditions =
            k.failedWhen().stream().map(Node.Scalar::text).collect(Collectors.joining(" && "));
        judged = failing(result, "failed_when: '" + conditions + "' holds");
      } else if (!failed && result.outcome() instanceof Outcome.Failed) {
        boolean steers = call instanceof Call.Steering<?>; // which changes nothing
        judged =
            result
                .with(
                    steers ? new Outcome.Ok() : new Outcome.Changed(false),
                    Results.ok(!steers, result.result().entries()))
                .plus("failed", Value.bool(false));
      }
    }
    if (!k.changedWhen().isEmpty() && !judged.failed()) {
      judged = rechanged(judged, k.changedWhen(), names);
    }
    return judged;
  }

  private static ItemResult failing(ItemResult result, String message) {
    Value.Dict r = result.result();
    String out = r.get("stdout").map(Value::show).orElse("");
    String err = r.get("stderr").map(Value::show).orElse("");
    return result
        .with(
            new Outcome.Failed(new Outcome.Failure(message, Optional.empty(), out, err), false), r)
        .plus("failed", Value.bool(true));
  }

  private ItemResult rechanged(ItemResult result, List<Node.Scalar> conditions, Variables names) {
    Optional<Boolean> changed = known(conditions, names);
    if (changed.isEmpty()) {
      return result; // what it rests on is only known after the command ran
    }
    Outcome verdict = result.changed() ? result.outcome() : new Outcome.Changed(false);
    Outcome outcome = changed.get() ? verdict : new Outcome.Ok();
    return result.with(outcome, result.result()).plus("changed", Value.bool(changed.get()));
  }

  /** Whether all hold; what cannot be known does not. */
  boolean holds(List<Node.Scalar> conditions, Variables names) {
    return known(conditions, names).orElse(false);
  }

  /** Whether all hold; empty when one cannot be known. */
  private Optional<Boolean> known(List<Node.Scalar> conditions, Variables names) {
    for (Node.Scalar condition : conditions) {
      Value value = renderer.evaluate(condition, names);
      switch (value) {
        case Value.Bool b when b.value() -> {}
        case Value.Bool b -> {
          return Optional.of(false);
        }
        case Value.Unknown u -> {
          return Optional.empty();
        }
        default ->
            throw new SourceException(
                Problem.error(
                    condition.place(),
                    "a condition must be true or false, this is a " + Value.describe(value)));
      }
    }
    return Optional.of(true);
  }
}
