package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Condition;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs one task on one host: every item of its loop, until its conditions hold, and tells how it
 * ended.
 */
final class TaskRunner {
  private final StaticCalls calls;
  private final Caller caller;
  private final Judgement judgement;
  private final Decider decider;
  private final Actor actor;
  private final Prefetch prefetch;
  private final Teller teller;
  private final RunControl control;

  TaskRunner(
      StaticCalls calls,
      Caller caller,
      Renderer renderer,
      Decider decider,
      Actor actor,
      Prefetch prefetch,
      Teller teller,
      RunControl control) {
    this.calls = calls;
    this.caller = caller;
    this.judgement = new Judgement(renderer, actor.foretells());
    this.decider = decider;
    this.actor = actor;
    this.prefetch = prefetch;
    this.teller = teller;
    this.control = control;
  }

  /** Ends the task on the host; the pass knows afterwards how it stands. */
  TaskEnd run(HostPass pass, Task task) {
    var results = new ArrayList<ItemResult>();
    List<Call> all = calls.of(pass, task);
    Optional<String> lost = Optional.empty();
    for (Call call : all) {
      if (!results.isEmpty()) {
        pause(pass, task, call);
      }
      long began = System.nanoTime();
      ItemResult result;
      try {
        result = item(pass, task, call);
      } catch (HostLost e) {
        pass.gone = e.link();
        lost = Optional.of(String.valueOf(e.getMessage()));
        result = ItemResult.of(new Outcome.Unreachable(lost.get()), Results.failed(lost.get()));
      }
      results.add(LoopItem.result(task, call, result));
      teller.ended(pass, task, call, result, Duration.ofNanos(System.nanoTime() - began));
      if (lost.isPresent()) {
        break;
      }
    }
    return end(task, results, task.keywords().loop().isPresent(), lost.isPresent());
  }

  /**
   * Notes what a task might change that is only run when a block fails. Nothing is told: as the
   * host will be then, it may have more or less to do.
   */
  void foresee(HostPass pass, Task task) {
    for (Call call : calls.of(pass, task)) {
      switch (call) {
        case Call.OnHost<?, ?> h -> {
          try {
            item(pass, task, h);
          } catch (HostLost e) {
            actor.undecided(pass, task.name().text(), String.valueOf(e.getMessage()));
          }
        }
        case Call.OnCluster<?, ?> c ->
            actor.undecided(pass, task.name().text(), "it depends on the block before it");
        case Call.Undecided u -> actor.undecided(pass, task.name().text(), u.why());
        case Call.Steering<?> s -> {}
        case Call.Skip s -> {}
        case Call.Invalid i -> {}
      }
    }
  }

  /** Between items that are done: what is skipped or only foretold needs no pause. */
  private void pause(HostPass pass, Task task, Call call) {
    if (!actor.foretells() && !(call instanceof Call.Skip)) {
      task.keywords()
          .loopControl()
          .pause()
          .map(p -> caller.pause(p, pass.names(task, call.item())))
          .ifPresent(p -> Pauses.sleep(p, control));
    }
  }

  /** Why a task cannot be done on the host as it is now; empty when nothing stands in the way. */
  Optional<String> obstacle(HostPass pass, Task task) {
    try {
      for (Call call : calls.of(pass, task)) {
        if (call instanceof Call.OnHost<?, ?> h) {
          Optional<String> found = obstacle(h);
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    } catch (HostLost | Decider.NotObserved | SourceException e) {
      return Optional.empty(); // running it will tell
    }
  }

  private <P, S> Optional<String> obstacle(Call.OnHost<P, S> call)
      throws HostLost, Decider.NotObserved {
    return switch (decider.decide(call).decision()) {
      case Decision.Blocked<S> b -> Optional.of(b.message());
      case Decision.Impossible<S> i -> Optional.of(i.message());
      case Decision.Decided<S> d -> Optional.empty();
      case Decision.Refused<S> r -> Optional.empty();
      case Decision.Ask<S, ?> a -> Optional.empty();
    };
  }

  static TaskEnd end(Task task, List<ItemResult> results, boolean looped, boolean lost) {
    Value registered =
        !looped && results.size() == 1 ? single(task, results.getFirst()) : Results.loop(results);
    return new TaskEnd(task, List.copyOf(results), registered, lost);
  }

  /** Of an unknown outcome every field is unknown, also those that only the module's page lists. */
  private static Value single(Task task, ItemResult item) {
    return item.outcome() instanceof Outcome.Unknown(String why)
        ? new Value.Unknown("it needs the result of '" + task.name().text() + "': " + why)
        : item.result();
  }

  /** One item of a task that concerns one host alone. */
  ItemResult item(HostPass pass, Task task, Call call) throws HostLost {
    return switch (call) {
      case Call.Skip s ->
          ItemResult.of(new Outcome.Skipped(s.why()), Results.skipped(task.name().text()));
      case Call.Undecided u -> actor.undecided(pass, task.name().text(), u.why());
      case Call.Invalid i ->
          ItemResult.failed(
              i.problems().stream().map(Problem::render).collect(Collectors.joining("\n")));
      case Call.OnHost<?, ?> h -> tried(pass, task, call, () -> onHost(pass, h));
      case Call.OnCluster<?, ?> c ->
          throw new IllegalStateException("a cluster's task is run for its members together");
      case Call.Steering<?> s -> tried(pass, task, call, () -> steer(pass, task, s));
    };
  }

  /** One try. */
  private interface Try {
    ItemResult once() throws HostLost;
  }

  /** Repeats until the conditions hold; retries of 3 and a delay of 5 s are Ansible's defaults. */
  private ItemResult tried(HostPass pass, Task task, Call call, Try attempt) throws HostLost {
    Task.Keywords k = task.keywords();
    try {
      Variables names = pass.names(task, call.item());
      boolean repeatable = !k.until().isEmpty() || k.retries().isPresent();
      pass.acts |= repeatable;
      boolean repeats = repeatable && !actor.foretells();
      long left = !repeats ? 0 : k.retries().map(r -> caller.number(r, names)).orElse(3L);
      long delay = k.delay().map(d -> caller.number(d, names)).orElse(5L);
      for (long attempts = 1; ; attempts++) {
        ItemResult result = judgement.of(pass, task, call, attempt.once());
        boolean done =
            k.until().isEmpty()
                ? !result.failed()
                : judgement.holds(k.until(), pass.names(task, call.item(), result.result()));
        ItemResult counted = repeats ? result.plus("attempts", Value.number(attempts)) : result;
        if (!repeats || done || result.outcome() instanceof Outcome.Refused || control.stopping()) {
          return counted;
        }
        if (left-- == 0) {
          return result.failed() ? counted : neverHeld(counted, k.until());
        }
        teller.retrying(pass, task, (int) left + 1);
        Pauses.sleep(Duration.ofSeconds(delay), control);
        forget(call);
      }
    } catch (SourceException e) {
      return ItemResult.failed(
          e.problems().stream().map(Problem::render).collect(Collectors.joining("\n")));
    } catch (dev.hactl.engine.module.Evaluation.Missing e) {
      return actor.undecided(pass, task.name().text(), String.valueOf(e.getMessage()));
    }
  }

  private static ItemResult neverHeld(ItemResult result, List<Node.Scalar> until) {
    String conditions = until.stream().map(Node.Scalar::text).collect(Collectors.joining(" && "));
    return result.with(
        new Outcome.Failed(Outcome.Failure.of("'" + conditions + "' never held"), false),
        result.result());
  }

  private static void forget(Call call) {
    if (call instanceof Call.OnHost<?, ?> h) {
      h.where().link().changing();
    }
  }

  private <P, S> ItemResult onHost(HostPass pass, Call.OnHost<P, S> call) throws HostLost {
    prefetch.before(pass, call);
    try {
      return actor.act(pass, call, decider.decide(call));
    } catch (Decider.NotObserved e) {
      return ItemResult.failed(String.valueOf(e.getMessage()));
    }
  }

  private ItemResult steer(HostPass pass, Task task, Call.Steering<?> call) throws HostLost {
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
          s.facts().forEach(pass::set);
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
