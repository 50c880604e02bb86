package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Condition;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what control modules ask of the run: say, fail, set variables, wait, require. */
final class ControlActor {
  private final Actor actor;

  ControlActor(Actor actor) {
    this.actor = actor;
  }

  /** Ends one item of a task that steers the run. */
  ItemResult steer(HostPass pass, Task task, Call.Steering<?> call) throws HostLost {
    return switch (call.control()) {
      case Control.Say say ->
          ItemResult.of(new Outcome.Said(say.shown()), Results.ok(false, say.shown()));
      case Control.Pass p ->
          ItemResult.of(
              new Outcome.Ok(), Results.ok(false, Map.of("msg", Value.text(p.message()))));
      case Control.Fail f -> ItemResult.failed(f.message());
      case Control.SetFacts s -> {
        if (task.keywords().delegateFacts() && call.where().delegated()) {
          pass.forOthers
              .computeIfAbsent(call.where().link().name(), h -> new LinkedHashMap<>())
              .putAll(s.facts());
        } else {
          s.facts().forEach(pass.names::set);
        }
        yield ItemResult.of(
            new Outcome.Ok(),
            Results.ok(false, Map.of("ansible_facts", new Value.Dict(s.facts()))));
      }
      case Control.Steer s -> {
        if (s.what() == Control.Meta.RESET_CONNECTION && !actor.foretells()) {
          call.where().link().reset();
        }
        yield new ItemResult(
            new Outcome.Ok(),
            List.of(),
            List.of(),
            Results.ok(false, Map.of()),
            Optional.of(s.what()));
      }
      case Control.WaitFor<?> w -> actor.await(pass, call.where(), task.name().text(), w);
      case Control.Join j -> actor.join(pass, j);
      case Control.Require r -> require(pass, task, r);
    };
  }

  private ItemResult require(HostPass pass, Task task, Control.Require require) {
    for (Condition condition : require.conditions()) {
      switch (condition.value()) {
        case Value.Bool b when b.value() -> {}
        case Value.Bool b -> {
          String message = require.whenFalse().isEmpty() ? "does not hold" : require.whenFalse();
          return ItemResult.failed(message + ": " + condition.text());
        }
        case Value.Unknown u -> {
          return actor.undecided(pass, task.name().text(), u.why());
        }
        default -> {
          return ItemResult.failed(
              "'"
                  + condition.text()
                  + "' is a "
                  + Value.describe(condition.value())
                  + ", not true or false");
        }
      }
    }
    var result = new LinkedHashMap<String, Value>();
    if (!require.whenTrue().isEmpty()) {
      result.put("msg", Value.text(require.whenTrue()));
    }
    return ItemResult.of(new Outcome.Ok(), Results.ok(false, result));
  }
}
