package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

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
  private final Watcher watcher;

  Foresight(
      Project project,
      RunOptions options,
      Entrance entrance,
      Links links,
      Secrets secrets,
      String run,
      Watcher watcher) {
    this.run = run;
    this.watcher = watcher;
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
    Set<SourceFile> written = ConcurrentHashMap.newKeySet();
    written.add(scope.book().playbook().source());
    scope.play().all().forEach(t -> written.add(t.place().file()));
    var entered = new ArrayList<HostPass>();
    var defined = new TreeSet<String>();
    for (Host host : scope.hosts()) {
      try {
        var pass = new HostPass(host, links.get(host.name()), scope.book().renderer());
        entrance.enter(pass, scope);
        before.getOrDefault(host.name(), Map.of()).forEach(pass.names::set);
        if (factsThere) {
          pass.names.awaitFacts(Blank.facts(), () -> factsRead.set(true));
        }
        defined.addAll(pass.names.plain().known());
        written.addAll(pass.names.plain().scope().files());
        entered.add(pass);
      } catch (SourceException e) {
        found.note(host, e.problems());
      }
    }
    var ofHost = new HostForesight(scope, tasks, parts, calls, found, watcher);
    Consumer<HostPass> look =
        pass -> {
          Map<String, Value> known =
              before.computeIfAbsent(pass.host.name(), h -> new LinkedHashMap<>());
          try {
            new ArgumentCheck(scope, pass).run(found);
            ofHost.look(pass, known);
          } catch (SourceException e) {
            found.note(pass.host, e.problems());
          }
        };
    Set<String> mentioned = new TreeSet<>();
    if (!entered.isEmpty()) {
      HostPass first = entered.getFirst();
      Scope one = first.names.scope(Optional.empty(), first.names.setSoFar());
      var names = new NameCheck(scope.book(), defined, one, parts, problems);
      // The first host shows what the others need not be asked again; meanwhile for the names.
      Parallel.each(
          List.<Runnable>of(
              () -> look.accept(first), () -> mentioned.addAll(names.run(scope, tasks))),
          2,
          Runnable::run);
      Parallel.each(entered.subList(1, entered.size()), 2, look);
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
      List<HostPass> entered,
      Set<String> mentioned,
      Problems problems) {
    var found = new HostProblems(scope.hosts(), secrets);
    var check = new VaultCheck(scope.book().renderer(), found);
    check.tasks(scope, tasks);
    entered.forEach(pass -> check.variables(pass, mentioned));
    found.into(problems);
  }
}
