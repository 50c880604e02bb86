package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a task's steps need besides the steps: environment, deadline, notes for a later run. */
final class StepContext {
  private final PlayScope scope;
  private final Caller caller;
  private final String run;

  StepContext(PlayScope scope, Caller caller, String run) {
    this.scope = scope;
    this.caller = caller;
    this.run = run;
  }

  /** The variables the started programs see. */
  Map<String, String> environment(HostPass pass, Task task, Optional<LoopItem> item) {
    return caller.keywords.environment(task, pass.names.of(task, item));
  }

  /** The task's own deadline. */
  Optional<Duration> timeout(HostPass pass, Task task, Optional<LoopItem> item) {
    return task.keywords()
        .timeout()
        .map(t -> caller.keywords.number(t, pass.names.of(task, item)))
        .map(Duration::ofSeconds);
  }

  /** Handlers that the change notifies and objects it leaves unfinished when it is cut short. */
  List<Notes.Note> notes(Task task, List<? extends Change<?>> changes) {
    var notes = new ArrayList<Notes.Note>();
    for (Task handler : Handlers.notifiedBy(task, scope.play())) {
      notes.add(handlerNote(key(handler), task.name().text()));
    }
    for (Change<?> change : changes) {
      change
          .intent()
          .ifPresent(object ->
              notes.add(
                  new Notes.Note(Notes.Kind.INTENT, object, playbook(), task.name().text(), run)));
    }
    return notes;
  }

  /** The note of a handler. */
  Notes.Note handlerNote(String handler, String task) {
    return new Notes.Note(Notes.Kind.HANDLER, handler, playbook(), task, run);
  }

  /** A handler of this play. */
  Notes.Owed owed(String handler) {
    return new Notes.Owed(playbook(), handler);
  }

  /** Whether some play that a run calls like this one has such a handler. */
  boolean has(Notes.Owed owed) {
    return owed.play().equals(playbook())
        && scope.book().playbook().plays().stream()
            .filter(p -> p.name().equals(scope.play().name()))
            .anyMatch(p ->
                p.handlers().stream()
                    .anyMatch(h -> h.handlerKey(p.sources().roles()).equals(owed.handler())));
  }

  /** What a handler is called in notes. */
  String key(Task handler) {
    return handler.handlerKey(scope.play().sources().roles());
  }

  /** What makes a handler of this play the same in the next run. */
  String playbook() {
    return scope.book().playbook().path().getFileName() + "/" + scope.play().name();
  }

  /** Whether a value is known and true. */
  static boolean isTrue(Value value) {
    return value instanceof Value.Bool b && b.value();
  }
}
