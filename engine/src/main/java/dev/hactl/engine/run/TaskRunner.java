package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs one task on one host: every item of its loop, until its conditions hold, and tells how it
 * ended.
 */
final class TaskRunner {
  private final StaticCalls calls;
  private final KeywordValues keywords;
  private final Decider decider;
  private final Actor actor;
  private final Prefetch prefetch;
  private final Teller teller;
  private final RunControl control;
  private final Attempts attempts;
  private final ControlActor controls;

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
    this.keywords = caller.keywords;
    this.attempts =
        new Attempts(new Judgement(renderer, actor.foretells()), keywords, actor, teller, control);
    this.controls = new ControlActor(actor);
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
      result = Background.completed(task, result);
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
          .map(p -> keywords.pause(p, pass.names.of(task, call.item())))
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

  /** Whether the task's conditions let it do anything there besides steering the play. */
  boolean acts(HostPass pass, Task task) {
    try {
      return calls.of(pass, task).stream().anyMatch(TaskRunner::acts);
    } catch (SourceException | dev.hactl.engine.module.Evaluation.Missing e) {
      return true; // running it will tell
    }
  }

  private static boolean acts(Call call) {
    return switch (call) {
      case Call.Skip s -> false;
      case Call.Steering<?> s -> !(s.control() instanceof Control.Steer);
      case Call.OnHost<?, ?> h -> true;
      case Call.OnCluster<?, ?> c -> true;
      case Call.Undecided u -> true;
      case Call.Invalid i -> true;
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
      case Call.OnHost<?, ?> h -> attempts.of(pass, task, call, () -> onHost(pass, h));
      case Call.OnCluster<?, ?> c ->
          throw new IllegalStateException("a cluster's task is run for its members together");
      case Call.Steering<?> s -> attempts.of(pass, task, call, () -> controls.steer(pass, task, s));
    };
  }

  private <P, S> ItemResult onHost(HostPass pass, Call.OnHost<P, S> call) throws HostLost {
    prefetch.before(pass, call);
    try {
      return actor.act(pass, call, decider.decide(call));
    } catch (Decider.NotObserved e) {
      return ItemResult.failed(String.valueOf(e.getMessage()));
    }
  }
}
