package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.remote.RunInfo;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.report.Reporter;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One execution: everything is evaluated before the first connection, foretold before the first
 * change, then done in order and verified.
 */
public final class Runner {
  private final Project project;
  private final RunOptions options;
  private final Emitter emitter;
  private final RunControl control;
  private final String run;
  private final HostVars hostVars;
  private final Secrets secrets = new Secrets();
  private final Tally tally = new Tally();
  private final Map<String, HostPass> finals = new LinkedHashMap<>();
  private final long began = System.nanoTime();

  private Runner(
      Project project, RunOptions options, Reporter reporter, RunControl control, String run) {
    this.project = project;
    this.options = options;
    this.emitter = new Emitter(reporter);
    this.control = control;
    this.run = run;
    this.hostVars = new HostVars(project.inventory());
  }

  /**
   * Runs a project.
   *
   * @param run the run's id: letters, digits and dashes
   * @return the exit code of DESIGN.md section 7: 0, 2, 4, 7, 9, 10, 130 or 143
   * @throws SourceException when something cannot work that is known before the first connection
   */
  public static int run(
      Project project, RunOptions options, Reporter reporter, RunControl control, String run) {
    return new Runner(project, options, reporter, control, run).run();
  }

  /** A play with what runs it. */
  private record Prepared(
      PlayScope scope, List<Task> tasks, Caller caller, StaticCalls calls, boolean facts) {}

  /**
   * Finds everything that {@link #run} would refuse before the first connection, and makes none.
   *
   * @throws SourceException with every problem found
   */
  public static void check(Project project, RunOptions options) {
    var runner = new Runner(project, options, event -> {}, new RunControl(), "check");
    var info = new RunInfo("check", options.operator().user(), options.operator().controller());
    try (var links = runner.links(info)) {
      var _ = runner.prepare(links);
    }
  }

  private Links links(RunInfo info) {
    return new Links(
        project.inventory(), options, info, project.books().getFirst().renderer(), emitter);
  }

  /** Everything that can be known to be wrong is thrown here, all at once. */
  private List<Prepared> prepare(Links links) {
    Problems problems = project.problems();
    if (!project.inventoryRead()) {
      problems.throwIfErrors();
    }
    List<Prepared> plays = foresee(scopes(problems), links, problems);
    problems.throwIfErrors();
    return plays;
  }

  private int run() {
    options.extraVars().forEach(this::meetSecrets);
    var info = new RunInfo(run, options.operator().user(), options.operator().controller());
    try (var links = links(info)) {
      control.onStop(this::tellStop);
      control.onStop(links::cancel);
      List<Prepared> plays = prepare(links);
      emitter.emit(new Event.RunStarted(run, options.check()));
      project.problems().warnings().forEach(w -> emitter.emit(new Event.Warned(w)));
      return go(plays, links);
    }
  }

  private void tellStop() {
    List<String> kept = control.kept().stream().map(secrets::hide).toList();
    String what =
        kept.isEmpty()
            ? "ending what is at work"
            : "waiting for what must not be interrupted: " + String.join(", ", kept);
    emitter.emit(
        new Event.Interrupting(
            "SIG" + control.signal().map(Enum::name).orElse(""),
            what + "; once more ends hactl at once"));
  }

  private void meetSecrets(Layer layer) {
    layer
        .bindings()
        .values()
        .forEach(b -> {
          if (b.content() instanceof dev.hactl.engine.vars.Binding.Content.Ready r) {
            secrets.meet(r.value());
          }
        });
  }

  private List<PlayScope> scopes(Problems problems) {
    var scopes = new ArrayList<PlayScope>();
    for (Project.Book book : project.books()) {
      for (Play play : book.playbook().plays()) {
        if (Renderer.dynamic(play.hosts().text())) {
          continue; // refused already
        }
        try {
          scopes.add(PlayScope.of(project, book, play, options, problems));
        } catch (SourceException e) {
          problems.addAll(e.problems());
        }
      }
    }
    if (!scopes.isEmpty() && scopes.stream().allMatch(s -> s.hosts().isEmpty())) {
      problems.error(
          scopes.getFirst().play().hosts().place(),
          "no host matches" + options.limit().map(l -> " --limit " + l).orElse(""),
          "'--list-hosts' shows whom each play is for");
    }
    checkSelection(scopes, problems);
    return scopes;
  }

  private void checkSelection(List<PlayScope> scopes, Problems problems) {
    var tags = new TreeSet<>(Set.of("all", "always", "never", "tagged", "untagged"));
    var names = new LinkedHashSet<String>();
    for (PlayScope scope : scopes) {
      scope.play().all().forEach(t -> tags.addAll(t.keywords().tags()));
      scope.play().tasks().forEach(t -> names.add(t.name().text()));
    }
    for (Set<String> given : List.of(options.tags(), options.skipTags())) {
      for (String tag : given) {
        if (!tags.contains(tag)) {
          problems.error(
              Place.of("--tags"),
              "no task has the tag '" + tag + "'",
              Near.hint(tag, tags).orElse("tags: " + String.join(", ", tags)));
        }
      }
    }
    options
        .startAtTask()
        .filter(start -> !names.contains(start))
        .ifPresent(start ->
            problems.error(
                Place.of("--start-at-task"),
                "no task is named '" + start + "'",
                Near.hint(start, names).orElse("'--list-tasks' shows the names")));
  }

  /** Evaluates every task for every host with what is known now. */
  private List<Prepared> foresee(List<PlayScope> scopes, Links links, Problems problems) {
    var before = new ConcurrentHashMap<String, Map<String, Value>>();
    var plays = new ArrayList<Prepared>();
    boolean[] started = {options.startAtTask().isEmpty()};
    for (PlayScope scope : scopes) {
      List<Task> tasks =
          scope.play().tasks().stream()
              .filter(t -> started[0] |= options.startAtTask().equals(Optional.of(t.name().text())))
              .filter(t -> options.selects(t.keywords().tags()))
              .toList();
      var caller = new Caller(project, scope.book(), options, secrets, links::get);
      var calls = new StaticCalls(caller);
      boolean facts =
          scope
              .play()
              .gatherFacts()
              .orElseGet(() -> Facts.named(scope.book().playbook().source().text()));
      var found = new HostProblems(scope.hosts(), secrets);
      Set<String> defined = ConcurrentHashMap.newKeySet();
      Parallel.each(
          scope.hosts(),
          2,
          host -> {
            try {
              HostPass pass =
                  enter(new HostPass(host, links.get(host.name()), scope.book().renderer()), scope);
              Map<String, Value> known =
                  before.computeIfAbsent(host.name(), h -> new LinkedHashMap<>());
              known.forEach(pass::set);
              pass.addFacts(Blank.facts());
              defined.addAll(pass.names().known());
              foresee(pass, tasks, scope, calls, found, known);
            } catch (SourceException e) {
              found.note(host, e.problems());
            }
          });
      found.into(problems);
      if (!defined.isEmpty()) {
        new NameCheck(scope.book(), defined, problems).run(scope.play(), tasks);
      }
      plays.add(new Prepared(scope, tasks, caller, calls, facts));
    }
    return plays;
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

  private HostPass enter(HostPass pass, PlayScope scope) {
    var top = new ArrayList<>(options.extraVars());
    top.add(scope.magic(pass.host, project.inventory(), options.check()));
    top.add(
        Layer.computed(
            Precedence.MAGIC,
            "hactl",
            Place.of("hactl"),
            "hostvars",
            () -> hostVars.of(scope.book())));
    pass.enter(
        HostVariables.of(pass.host, project.inventory()),
        scope.playLayers(),
        top,
        scope.book().renderer());
    return pass;
  }

  private int go(List<Prepared> plays, Links links) {
    Map<String, HostPass> foretold = passes(plays, links);
    var reach = new Reach(emitter, secrets, options);
    Map<String, String> unreachable = reach.connect(foretold.values());
    var consents = new Consents(options.allow());
    boolean check = options.check();
    var aloud = new Teller(check ? emitter : new Emitter(e -> {}), secrets, options.diff());
    var silentTally = tally;
    pass(plays, foretold, unreachable, new Pass(true, consents, aloud, silentTally));
    if (check) {
      finals.putAll(foretold);
      return recap(
          exit(foretold.values(), silentTally.pending() && options.detailedExit() ? 10 : 0), false);
    }
    Optional<Integer> stop = mayBegin(plays, consents, unreachable);
    if (stop.isPresent()) {
      finals.putAll(foretold);
      foretold.values().forEach(p -> p.resetCounts(unreachable.containsKey(p.host.name())));
      return recap(stop.get(), false);
    }
    var locks = new Locks(emitter, options, run);
    try {
      boolean changes =
          tally.pending()
              || foretold.values().stream()
                  .anyMatch(p -> !p.hadLeftovers.isEmpty() || !p.unfinished.isEmpty());
      if (changes && !locks.acquire(targets(plays, foretold), began)) {
        finals.putAll(foretold);
        foretold.values().forEach(p -> p.resetCounts(false));
        return recap(control.signal().map(RunControl.Signal::exit).orElse(7), false);
      }
      Map<String, HostPass> done = passes(plays, links);
      done.values().forEach(p -> p.takeFrom(foretold.get(p.host.name())));
      finals.putAll(done);
      pass(
          plays,
          done,
          unreachable,
          new Pass(
              false,
              new Consents(options.allow()),
              new Teller(emitter, secrets, options.diff()),
              tally));
      int exit = exit(done.values(), 0);
      if (exit == 0) {
        done.values().forEach(pass -> settle(pass, plays));
      }
      return recap(exit, true);
    } finally {
      locks.close();
    }
  }

  /** Every host the plays may change, and whose lock keeps other runs away from it. */
  private static LockTargets targets(List<Prepared> plays, Map<String, HostPass> passes) {
    var targets = new LockTargets();
    for (Prepared play : plays) {
      var tasks = new ArrayList<>(play.tasks());
      tasks.addAll(play.scope().play().handlers());
      for (Host host : play.scope().hosts()) {
        HostPass pass = java.util.Objects.requireNonNull(passes.get(host.name()));
        if (pass.state != HostPass.State.UNREACHABLE) {
          targets.add(pass, tasks, play.calls(), play.caller());
        }
      }
    }
    return targets;
  }

  /** Everything converged, so what an earlier run left unfinished is finished. */
  private void settle(HostPass pass, List<Prepared> plays) {
    pass.unfinished.forEach((note, where) -> {
      boolean ours =
          project.books().stream()
              .anyMatch(b -> note.playbook().startsWith(b.playbook().path().getFileName() + "/"));
      boolean all =
          options.tags().isEmpty()
              && options.skipTags().isEmpty()
              && options.startAtTask().isEmpty();
      boolean ran =
          all
              || plays.stream()
                  .flatMap(p -> p.tasks().stream())
                  .anyMatch(t -> t.name().text().equals(note.task()));
      if (!ours || !ran) {
        return; // another playbook's: only that one can say that it converged
      }
      try {
        where.link().send(where.who(), Removal.of(note));
      } catch (HostLost e) {
        // The note stays, and the next run says so again.
      }
    });
  }

  /** How a pass over all plays is made. */
  private record Pass(boolean foretells, Consents consents, Teller teller, Tally tally) {}

  private Map<String, HostPass> passes(List<Prepared> plays, Links links) {
    var passes = new LinkedHashMap<String, HostPass>();
    for (Prepared play : plays) {
      for (Host host : play.scope().hosts()) {
        passes.computeIfAbsent(
            host.name(), n -> new HostPass(host, links.get(n), play.scope().book().renderer()));
      }
    }
    return passes;
  }

  private void pass(
      List<Prepared> plays,
      Map<String, HostPass> passes,
      Map<String, String> unreachable,
      Pass how) {
    for (Prepared play : plays) {
      PlayScope scope = play.scope();
      if (scope.hosts().isEmpty()) {
        how.teller().emit(new Event.PlaySkipped(scope.play().name(), "no hosts matched"));
        continue;
      }
      for (List<Host> batch : batches(scope, how.foretells())) {
        List<HostPass> hosts =
            batch.stream()
                .map(h -> java.util.Objects.requireNonNull(passes.get(h.name())))
                .toList();
        if (!play(play, hosts, unreachable, how)) {
          return;
        }
      }
    }
  }

  private boolean play(
      Prepared play, List<HostPass> hosts, Map<String, String> unreachable, Pass how) {
    PlayScope scope = play.scope();
    how.teller()
        .emit(
            new Event.PlayStarted(
                scope.play().name(), hosts.stream().map(p -> p.host.name()).toList()));
    hosts.forEach(p -> enter(p, scope));
    var decider = new Decider();
    var prefetch = new Prefetch(play.tasks(), play.calls());
    var context = new StepContext(scope, play.caller(), run);
    for (HostPass pass : hosts) {
      Optional.ofNullable(unreachable.get(pass.host.name()))
          .filter(m -> pass.active())
          .ifPresent(m -> PlayRunner.unreachable(pass, how.teller(), m));
    }
    var reach = new Reach(emitter, secrets, options);
    Parallel.each(
        hosts.stream().filter(HostPass::active).toList(),
        options.forks(),
        pass ->
            reach.look(
                pass,
                play.tasks(),
                play.calls(),
                prefetch,
                context,
                play.facts(),
                how.foretells(),
                how.teller()));
    Actor actor =
        how.foretells()
            ? new Foreteller(decider, how.consents())
            : new Performer(decider, how.consents(), prefetch, context, control, emitter);
    var runner =
        new TaskRunner(
            play.calls(),
            play.caller(),
            scope.book().renderer(),
            decider,
            actor,
            prefetch,
            how.teller(),
            control);
    return new PlayRunner(
            scope,
            play.tasks(),
            hosts,
            runner,
            prefetch,
            context,
            how.teller(),
            options,
            control,
            how.foretells(),
            how.tally())
        .run();
  }

  private static List<List<Host>> batches(PlayScope scope, boolean foretells) {
    List<Host> hosts = scope.hosts();
    List<Play.Batch> serial = scope.play().serial();
    if (serial.isEmpty() || foretells) {
      return List.of(hosts);
    }
    var batches = new ArrayList<List<Host>>();
    int from = 0;
    for (int i = 0; from < hosts.size(); i++) {
      int size = serial.get(Math.min(i, serial.size() - 1)).of(hosts.size());
      batches.add(hosts.subList(from, Math.min(hosts.size(), from + size)));
      from += size;
    }
    return batches;
  }

  /** Whether the first change may be made; otherwise the exit code, after saying why not. */
  private Optional<Integer> mayBegin(
      List<Prepared> plays, Consents consents, Map<String, String> unreachable) {
    if (control.stopping()) {
      return Optional.of(control.signal().orElseThrow().exit());
    }
    if (!consents.refusals().isEmpty()) {
      for (Consents.Refusal refusal : consents.refusals()) {
        emitter.emit(
            new Event.TaskEnded(
                refusal.host(),
                Optional.empty(),
                Optional.empty(),
                refusal.task().name().text(),
                new Outcome.Refused(refusal.message()),
                List.of(),
                List.of(),
                Duration.ZERO));
      }
      emitter.emit(new Event.PlayStopped("nothing was changed: consent is missing"));
      return Optional.of(9);
    }
    for (Prepared play : plays) {
      List<String> missing =
          play.scope().hosts().stream().map(Host::name).filter(unreachable::containsKey).toList();
      boolean stops =
          switch (play.scope().play().needs()) {
            case Play.Needs.All a -> !missing.isEmpty();
            case Play.Needs.Any a ->
                !missing.isEmpty() && missing.size() == play.scope().hosts().size();
            case Play.Needs.Hosts h -> h.names().stream().anyMatch(n -> missing.contains(n.text()));
          };
      if (stops) {
        missing.forEach(host ->
            emitter.emit(
                new Event.TaskEnded(
                    host,
                    Optional.empty(),
                    Optional.empty(),
                    "connect",
                    new Outcome.Unreachable(
                        secrets.hide(java.util.Objects.requireNonNull(unreachable.get(host)))),
                    List.of(),
                    List.of(),
                    Duration.ZERO)));
        emitter.emit(
            new Event.PlayStopped(
                "nothing was changed: the play '"
                    + play.scope().play().name()
                    + "' needs "
                    + String.join(", ", missing)));
        return Optional.of(4);
      }
    }
    return Optional.empty();
  }

  private int exit(Iterable<HostPass> passes, int otherwise) {
    if (control.signal().isPresent()) {
      return control.signal().get().exit();
    }
    boolean unreachable = false;
    boolean failed = false;
    for (HostPass pass : passes) {
      unreachable |= pass.counts().unreachable() > 0;
      failed |= pass.counts().failed() > 0;
    }
    return tally.refused ? 9 : unreachable ? 4 : failed ? 2 : otherwise;
  }

  private int recap(int exit, boolean applied) {
    var hosts = new LinkedHashMap<String, Event.Counts>();
    finals.forEach((name, pass) -> hosts.put(name, pass.counts()));
    emitter.emit(
        new Event.Recap(exit, hosts, applied ? Optional.of(tally.accuracy()) : Optional.empty()));
    return exit;
  }
}
