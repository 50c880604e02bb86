package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.remote.Detaching;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts what is to go on by itself, and waits for its end. */
final class BackgroundWork {
  private final Sender sender;
  private final Verification verification;

  BackgroundWork(Sender sender, Verification verification) {
    this.sender = sender;
    this.verification = verification;
  }

  /** Starts a task's change. */
  <P, S> ItemResult start(
      HostPass pass, Call.OnHost<P, S> call, S observed, List<Change<S>> changes) throws HostLost {
    Change<S> change = changes.getFirst();
    if (changes.size() != 1
        || change.steps().size() != 1
        || !(change.steps().getFirst() instanceof Step.Script script)
        || !change.guards().isEmpty()
        || change.intent().isPresent()) {
      return ItemResult.failed("this is more than one program, which cannot be detached");
    }
    boolean secret = call.secret() || call.task().keywords().noLog();
    var job = new Sender.Job(pass, call.where(), call.task(), call.item(), secret);
    var part = new StepMessage.Part.Stepped(change, script);
    var lines = List.of(new ChangeLine(Background.what(call.task(), change), change.impact()));
    var result = new LinkedHashMap<>(Results.ok(true, call.result(observed).entries()).entries());
    return switch (sender.detach(job, change)) {
      case Detaching.Begun b -> {
        Background.Proof proof =
            call.probe().needless()
                ? Optional::empty
                : () -> verification.converge(call.where(), call, changes).failure();
        pass.background.add(
            new Background.Begun(call.task(), call.where(), b.step(), part, secret, proof));
        result.put("started", Value.bool(true));
        result.put("finished", Value.bool(false));
        result.put("job", Value.text(b.step().run() + "/" + b.step().id()));
        yield new ItemResult(
            new Outcome.Changed(false), lines, List.of(), Value.dict(result), Optional.empty());
      }
      case Detaching.Failed f -> {
        var reading = new StepOutcomes(List.of(part), List.of(f.why()), secret);
        Outcome.Failed failed = failed("cannot be started", reading.failure());
        result.putAll(Results.failed(failed.failure().message()).entries());
        result.put("started", Value.bool(false));
        result.put("finished", Value.bool(false));
        yield new ItemResult(failed, List.of(), List.of(), Value.dict(result), Optional.empty());
      }
    };
  }

  /** Waits for what a task started. */
  ItemResult join(HostPass pass, Control.Join join) throws HostLost {
    Optional<Background.Begun> begun = pass.background.find(join.task());
    return begun.isPresent() ? join(begun.get(), join.deadline()) : Background.nothingStarted();
  }

  /** Waits for one that was started. */
  static ItemResult join(Background.Begun begun, Duration patience) throws HostLost {
    ItemResult known = begun.end;
    if (known != null) {
      return known;
    }
    var outcome = begun.where.link().join(begun.where.who(), begun.step, patience);
    String name = "'" + begun.task.title() + "'";
    return switch (outcome) {
      case dev.hactl.engine.remote.Outcome.Finished f -> {
        ItemResult end = ended(begun, name, f);
        begun.end = end;
        yield end;
      }
      case dev.hactl.engine.remote.Outcome.Lost l -> {
        ItemResult end = unfinished(name + " was killed on the host");
        begun.end = end;
        yield end;
      }
      case dev.hactl.engine.remote.Outcome.TimedOut t ->
          unfinished(
              name
                  + " still runs after "
                  + patience.toSeconds()
                  + " s; it goes on, and the host stays locked until it ends");
      case dev.hactl.engine.remote.Outcome.Cancelled c ->
          unfinished(
              name + " was not waited for to its end; it goes on, and the host stays locked");
      case dev.hactl.engine.remote.Outcome.NotRun n -> unfinished(name + " was not waited for");
    };
  }

  private static ItemResult unfinished(String message) {
    return ItemResult.failed(message)
        .plus("started", Value.bool(true))
        .plus("finished", Value.bool(false));
  }

  private static ItemResult ended(
      Background.Begun begun, String name, dev.hactl.engine.remote.Outcome.Finished finished)
      throws HostLost {
    var reading = new StepOutcomes(List.of(begun.part), List.of(finished), begun.secret);
    Optional<Outcome> failure = reading.failure();
    if (failure.isEmpty()) {
      failure =
          begun.proof.unmet().map(unmet -> new Outcome.Failed(Outcome.Failure.of(unmet), false));
    }
    var entries = new LinkedHashMap<>(reading.result(failure.isPresent(), Map.of()).entries());
    entries.put("changed", Value.bool(false)); // the start was the change
    entries.put("started", Value.bool(true));
    entries.put("finished", Value.bool(true));
    if (failure.isEmpty()) {
      return ItemResult.of(new Outcome.Ok(), Value.dict(entries));
    }
    Outcome.Failed failed = failed(name, failure);
    entries.put("failed", Value.bool(true));
    entries.put("msg", Value.text(failed.failure().message()));
    return ItemResult.of(failed, Value.dict(entries));
  }

  private static Outcome.Failed failed(String before, Optional<Outcome> failure) {
    Outcome.Failure known =
        failure.orElse(null) instanceof Outcome.Failed f
            ? f.failure()
            : Outcome.Failure.of("it did not begin");
    String sentence = before.endsWith("'") ? before + " " : before + ": ";
    return new Outcome.Failed(
        new Outcome.Failure(
            sentence + known.message(), known.status(), known.stdout(), known.stderr()),
        false);
  }
}
