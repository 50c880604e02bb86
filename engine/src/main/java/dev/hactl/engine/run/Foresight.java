package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

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
  private final String run;

  Foresight(
      Project project,
      RunOptions options,
      Entrance entrance,
      Links links,
      Secrets secrets,
      String run) {
    this.run = run;
    this.project = project;
    this.options = options;
    this.entrance = entrance;
    this.links = links;
    this.secrets = secrets;
  }

  /** Prepares the plays and notes what is wrong with them. */
  List<Prepared> prepare(Problems problems) {
    var selection = new Selection(project, options, run);
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
    var parts = RescueParts.of(scope.play());
    var caller = new Caller(project, scope.book(), options, secrets, links::get);
    var calls = new StaticCalls(caller);
    var found = new HostProblems(scope.hosts(), secrets);
    var factsRead = new AtomicBoolean();
    var one = new AtomicReference<Scope>(Scope.of(List.of()));
    Set<String> defined = ConcurrentHashMap.newKeySet();
    Set<SourceFile> written = ConcurrentHashMap.newKeySet();
    Set<HostPass> entered = ConcurrentHashMap.newKeySet();
    written.add(scope.book().playbook().source());
    scope.play().all().forEach(t -> written.add(t.place().file()));
    Parallel.each(
        scope.hosts(),
        2,
        host -> {
          try {
            var pass = new HostPass(host, links.get(host.name()), scope.book().renderer());
            entrance.enter(pass, scope);
            entered.add(pass);
            Map<String, Value> known =
                before.computeIfAbsent(host.name(), h -> new LinkedHashMap<>());
            known.forEach(pass::set);
            if (factsThere) {
              pass.awaitFacts(Blank.facts(), () -> factsRead.set(true));
            }
            defined.addAll(pass.names().known());
            if (host.equals(scope.hosts().getFirst())) {
              one.set(pass.names().scope());
            }
            written.addAll(pass.names().scope().files());
            new ArgumentCheck(scope, pass).run(found);
            foresee(pass, tasks, parts, scope, calls, found, known);
          } catch (SourceException e) {
            found.note(host, e.problems());
          }
        });
    Set<String> mentioned = Set.of();
    if (!defined.isEmpty()) {
      mentioned =
          new NameCheck(scope.book(), defined, Objects.requireNonNull(one.get()), parts, problems)
              .run(scope, tasks);
    }
    if (problems.vaulted()) {
      open(scope, tasks, entered, mentioned, problems);
    }
    found.into(problems);
    boolean facts =
        factsRead.get()
            || mentioned.stream().anyMatch(Facts::named)
            || written.stream().anyMatch(file -> Facts.named(file.text()));
    return new Prepared(
        scope, tasks, parts, caller, calls, scope.play().gatherFacts().orElse(facts));
  }

  private void open(
      PlayScope scope,
      List<Task> tasks,
      Set<HostPass> entered,
      Set<String> mentioned,
      Problems problems) {
    var found = new HostProblems(scope.hosts(), secrets);
    var check = new VaultCheck(scope.book().renderer(), found);
    check.tasks(scope, tasks);
    entered.forEach(pass -> check.variables(pass, mentioned));
    found.into(problems);
  }

  private static void foresee(
      HostPass pass,
      List<Task> tasks,
      RescueParts parts,
      PlayScope scope,
      StaticCalls calls,
      HostProblems found,
      Map<String, Value> known) {
    // Handlers may run between tasks, so what they define is there from the beginning.
    scope.play().handlers().forEach(h -> define(pass, h, known));
    var all = new ArrayList<>(tasks);
    all.addAll(scope.play().handlers());
    boolean failed = false;
    for (Task task : all) {
      if (!failed && parts.rescues(task)) {
        failed = true; // or not: nobody can tell, here and in what follows
        Stumble.unknown().forEach((name, value) -> define(pass, name, value, known));
      }
      if (scope.book().modules().find(task.module()).isPresent()) { // otherwise said already
        for (Call call : calls.foresee(pass, task)) {
          if (call instanceof Call.Invalid invalid) {
            found.note(pass.host, invalid.problems(), task.home().importedAt());
          }
        }
      }
      define(pass, task, known);
    }
  }

  private static void define(HostPass pass, Task task, Map<String, Value> known) {
    Blank.namesOf(task).forEach((name, value) -> define(pass, name, value, known));
  }

  private static void define(HostPass pass, String name, Value value, Map<String, Value> known) {
    pass.set(name, value);
    known.put(name, value);
  }
}
