package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Evaluates every task for every host with what is known before the first connection, so that
 * everything that can be known to be wrong is told then, all at once.
 */
final class Foresight {
  private final Project project;
  private final RunOptions options;
  private final Entrance entrance;
  private final Links links;
  private final Secrets secrets;

  Foresight(Project project, RunOptions options, Entrance entrance, Links links, Secrets secrets) {
    this.project = project;
    this.options = options;
    this.entrance = entrance;
    this.links = links;
    this.secrets = secrets;
  }

  /** Prepares the plays and notes what is wrong with them. */
  List<Prepared> prepare(Problems problems) {
    var selection = new Selection(project, options);
    var before = new ConcurrentHashMap<String, Map<String, Value>>();
    var plays = new ArrayList<Prepared>();
    for (PlayScope scope : selection.scopes(problems)) {
      // Facts that one play read are there in the next.
      boolean facts =
          scope.play().gatherFacts().orElse(true) || plays.stream().anyMatch(Prepared::facts);
      plays.add(prepare(scope, selection.tasks(scope.play()), facts, before, problems));
    }
    return plays;
  }

  private Prepared prepare(
      PlayScope scope,
      List<Task> tasks,
      boolean factsThere,
      ConcurrentHashMap<String, Map<String, Value>> before,
      Problems problems) {
    var caller = new Caller(project, scope.book(), options, secrets, links::get);
    var calls = new StaticCalls(caller);
    var found = new HostProblems(scope.hosts(), secrets);
    var factsRead = new AtomicBoolean();
    Set<String> defined = ConcurrentHashMap.newKeySet();
    Set<SourceFile> written = ConcurrentHashMap.newKeySet();
    written.add(scope.book().playbook().source());
    Parallel.each(
        scope.hosts(),
        2,
        host -> {
          try {
            var pass = new HostPass(host, links.get(host.name()), scope.book().renderer());
            entrance.enter(pass, scope);
            Map<String, Value> known =
                before.computeIfAbsent(host.name(), h -> new LinkedHashMap<>());
            known.forEach(pass::set);
            if (factsThere) {
              pass.awaitFacts(Blank.facts(), () -> factsRead.set(true));
            }
            defined.addAll(pass.names().known());
            written.addAll(pass.names().scope().files());
            foresee(pass, tasks, scope, calls, found, known);
          } catch (SourceException e) {
            found.note(host, e.problems());
          }
        });
    found.into(problems);
    Set<String> mentioned = Set.of();
    if (!defined.isEmpty()) {
      mentioned = new NameCheck(scope.book(), defined, problems).run(scope.play(), tasks);
    }
    boolean facts =
        factsRead.get()
            || mentioned.stream().anyMatch(Facts::named)
            || written.stream().anyMatch(file -> Facts.named(file.text()));
    return new Prepared(scope, tasks, caller, calls, scope.play().gatherFacts().orElse(facts));
  }

  private static void foresee(
      HostPass pass,
      List<Task> tasks,
      PlayScope scope,
      StaticCalls calls,
      HostProblems found,
      Map<String, Value> known) {
    // Handlers may run between tasks, so what they define is there from the beginning.
    scope.play().handlers().forEach(h -> define(pass, h, known));
    var all = new ArrayList<>(tasks);
    all.addAll(scope.play().handlers());
    for (Task task : all) {
      if (scope.book().modules().find(task.module()).isPresent()) { // otherwise said already
        for (Call call : calls.foresee(pass, task)) {
          if (call instanceof Call.Invalid invalid) {
            found.note(pass.host, invalid.problems());
          }
        }
      }
      define(pass, task, known);
    }
  }

  private static void define(HostPass pass, Task task, Map<String, Value> known) {
    Blank.namesOf(task)
        .forEach((name, value) -> {
          pass.set(name, value);
          known.put(name, value);
        });
  }
}
