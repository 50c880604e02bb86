package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.remote.Detached;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tasks with {@code detach: true} started on a host. */
final class Background {
  private final List<Begun> begun = new ArrayList<>();
  private final Set<String> expected = new HashSet<>();

  /** Looks whether a program that ended well has done what its task says it does. */
  interface Proof {
    /** What is not as wanted. */
    Optional<String> unmet() throws HostLost;
  }

  /** One that was started. */
  static final class Begun {
    final Task task;
    final Call.Where where;
    final Detached step;

    /** What it is, to read its end. */
    final StepMessage.Part.Stepped part;

    final boolean secret;
    final Proof proof;

    /** How it ended, once somebody has waited for that. */
    @Nullable ItemResult end;

    Begun(
        Task task,
        Call.Where where,
        Detached step,
        StepMessage.Part.Stepped part,
        boolean secret,
        Proof proof) {
      this.task = task;
      this.where = where;
      this.step = step;
      this.part = part;
      this.secret = secret;
      this.proof = proof;
    }
  }

  void add(Begun one) {
    begun.add(one);
  }

  /** The one of this name that was started last. */
  Optional<Begun> find(String name) {
    return begun.reversed().stream()
        .filter(b -> dev.hactl.engine.model.Detached.answers(b.task, name))
        .findFirst();
  }

  /** Those that nobody has waited for to their end. */
  List<Begun> open() {
    return begun.stream().filter(b -> b.end == null).toList();
  }

  /** A task was foretold. */
  void expect(Task task, TaskEnd end) {
    if (task.keywords().detach().isPresent() && (end.changed() || end.unknown())) {
      task.keywords().register().ifPresent(expected::add);
      expected.add(task.name().text());
    }
  }

  /** Whether something of this name would be started. */
  boolean expects(String name) {
    return expected.contains(name);
  }

  /** What a change is called in what a task tells. */
  static String what(Task task, Change<?> change) {
    return task.keywords().detach().isPresent()
        ? "start in the background: " + change.what()
        : change.what();
  }

  /** A result that also says whether anything was started, whatever came of the task. */
  static ItemResult completed(Task task, ItemResult result) {
    if (task.keywords().detach().isEmpty() || result.result().get("started").isPresent()) {
      return result;
    }
    boolean foretold = result.outcome() instanceof Outcome.Changed;
    return result
        .plus(
            "started",
            foretold
                ? new Value.Unknown("it needs the result of '" + task.name().text() + "'")
                : Value.bool(false))
        .plus("finished", Value.bool(false));
  }

  /** A wait for what was not started here. */
  static ItemResult nothingStarted() {
    return ItemResult.of(
        new Outcome.Ok(),
        Results.ok(
            false,
            Map.of(
                "msg",
                Value.text("nothing was started here"),
                "started",
                Value.bool(false),
                "finished",
                Value.bool(false))));
  }

  /** A wait in check mode, which starts nothing. */
  static ItemResult notAwaited(String name) {
    var entries = new LinkedHashMap<>(Results.skipped(name).entries());
    var unknown = new Value.Unknown("it needs the end of '" + name + "'");
    entries.put("failed", unknown);
    entries.put("started", unknown);
    entries.put("finished", unknown);
    return ItemResult.of(
        new Outcome.Skipped("'" + name + "' is not started in check mode"), Value.dict(entries));
  }
}
