package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.plan.ProbeBatch;
import dev.hactl.engine.remote.Detaching;
import dev.hactl.engine.remote.Outcome;
import dev.hactl.engine.remote.UploadException;
import dev.hactl.engine.report.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sends changes to a host: notes, guards, steps and the probes that follow, in one message. */
final class Sender {
  private final StepContext context;
  private final RunControl control;
  private final Emitter emitter;
  private final Uploads large;

  Sender(StepContext context, RunControl control, Emitter emitter) {
    this.context = context;
    this.control = control;
    this.emitter = emitter;
    this.large = new Uploads(emitter);
  }

  /**
   * Whose changes are sent where.
   *
   * @param task whose environment and deadline they have
   * @param notifying the tasks whose handlers are to be noted before
   * @param others where other members of the cluster are looked at
   */
  record Job(
      HostPass pass,
      Call.Where where,
      Task task,
      Optional<LoopItem> item,
      boolean secret,
      List<Task> notifying,
      Function<String, Optional<Call.Where>> others) {
    Job(HostPass pass, Call.Where where, Task task, Optional<LoopItem> item, boolean secret) {
      this(pass, where, task, item, secret, List.of(task), other -> Optional.empty());
    }
  }

  /** What came of it, and what was noted on the host before. */
  record Sent(StepOutcomes reading, List<Notes.Note> notes) {}

  /** Makes changes; what the probes saw afterwards is remembered. */
  <S> Sent send(Job job, List<Change<S>> changes, ProbeBatch batch, Duration deadline)
      throws HostLost, UploadException {
    HostPass pass = job.pass();
    HostLink link = job.where().link();
    List<Notes.Note> notes =
        job.notifying().stream()
            .flatMap(t -> context.notes(t, changes).stream())
            .distinct()
            .toList();
    Map<Step, String> uploads = large.send(job, changes);
    var message =
        new StepMessage(
            context.environment(pass, job.task(), job.item()),
            context.timeout(pass, job.task(), job.item()));
    message.notes(notes);
    changes.forEach(c -> message.change(c, uploads));
    message.probes(batch, deadline);
    link.changing();
    List<Outcome> outcomes = send(job.where(), message, changes);
    link.seen.remember(job.where().who(), batch, outcomes.getLast());
    pass.window = 1;
    return new Sent(new StepOutcomes(message.parts(), outcomes, job.secret()), notes);
  }

  /** Starts a change that is one script, and goes on. */
  Detaching detach(Job job, Change<?> change) throws HostLost {
    if (control.stopping()) {
      return new Detaching.Failed(new Outcome.Cancelled(/* leftRunning= */ false));
    }
    HostPass pass = job.pass();
    var message =
        new StepMessage(context.environment(pass, job.task(), job.item()), Optional.empty());
    message.change(change, Map.of());
    job.where().link().changing();
    pass.window = 1;
    Detaching begun =
        job.where()
            .link()
            .detach(
                job.where().who(), message.message().fragments().getFirst(), job.task().title());
    if (begun instanceof Detaching.Begun) {
      emitter.emit(new Event.Noted(pass.host.name(), "started; it goes on in the background"));
    }
    return begun;
  }

  private <S> List<Outcome> send(Call.Where where, StepMessage message, List<Change<S>> changes)
      throws HostLost {
    if (control.stopping()) { // asked while nothing was at work that could be ended
      int fragments = message.message().fragments().size();
      var outcomes = new ArrayList<Outcome>(Collections.nCopies(fragments, new Outcome.NotRun()));
      outcomes.set(0, new Outcome.Cancelled(/* leftRunning= */ false));
      return outcomes;
    }
    List<String> kept = changes.stream().filter(Sender::isProtected).map(Change::what).toList();
    if (kept.isEmpty()) {
      return where.link().send(where.who(), message.message());
    }
    try (var _ = control.keep(where.link().name(), String.join("; ", kept))) {
      return where.link().send(where.who(), message.message());
    }
  }

  private static boolean isProtected(Change<?> change) {
    return change.steps().stream()
        .anyMatch(s ->
            s instanceof Step.Script script
                && script.interruption() == Step.Interruption.PROTECTED);
  }

  /** Removes intents after the changes were verified; handlers' notes stay until they ran. */
  static void finished(HostPass pass, Call.Where where, List<Notes.Note> notes) throws HostLost {
    for (Notes.Note note : notes) {
      switch (note.kind()) {
        case INTENT -> where.link().send(where.who(), Removal.of(note));
        case HANDLER -> pass.noted.computeIfAbsent(note.owed(), n -> new ArrayList<>()).add(where);
      }
    }
  }

  /** Whether a fragment ended with status 0. */
  static boolean succeeded(Outcome outcome) {
    return outcome instanceof Outcome.Finished f && f.succeeded();
  }
}
