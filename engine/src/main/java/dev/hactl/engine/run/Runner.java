package dev.hactl.engine.run;

import dev.hactl.engine.lint.Ignore;
import dev.hactl.engine.remote.RunInfo;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Reporter;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.vars.Binding;
import dev.hactl.engine.vars.Layer;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
  private final Entrance entrance;
  private final Secrets secrets = new Secrets();
  private final Tally tally = new Tally();
  private final long began = System.nanoTime();

  /** Stay from task to task: starting a thread costs more than many a task. */
  private final ExecutorService helpers =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

  private Runner(
      Project project, RunOptions options, Reporter reporter, RunControl control, String run) {
    this.project = project;
    this.options = options;
    this.emitter = new Emitter(reporter, helpers);
    this.control = control;
    this.run = run;
    this.entrance = new Entrance(project, options);
    project.problems().keyring().tell(secrets::meet);
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

  /** The same, where mistakes are noted with the project's others and end nothing. */
  static void look(Project project, RunOptions options, Watcher watcher) {
    var runner = new Runner(project, options, event -> {}, new RunControl(), "lint");
    var info = new RunInfo("lint", options.operator().user(), options.operator().controller());
    try (var links = runner.links(info)) {
      var _ = runner.foresight(links, watcher).prepare(project.problems());
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
    List<Prepared> plays = foresight(links, Watcher.NOBODY).prepare(problems);
    problems.throwIfErrors();
    return plays;
  }

  private Foresight foresight(Links links, Watcher watcher) {
    return new Foresight(project, options, entrance, links, secrets, run, watcher);
  }

  private int run() {
    options.extraVars().forEach(this::meetSecrets);
    project.answers().values().forEach(secrets::meet);
    var info = new RunInfo(run, options.operator().user(), options.operator().controller());
    try (helpers;
        emitter;
        var links = links(info)) {
      control.onStop(this::tellStop);
      control.onStop(links::cancel);
      List<Prepared> plays = prepare(links);
      emitter.emit(new Event.RunStarted(run, options.check(), playbooks()));
      Ignore.heeded(project.problems().warnings()).forEach(w -> emitter.emit(new Event.Warned(w)));
      return go(plays, links);
    }
  }

  private List<String> playbooks() {
    return project.books().stream()
        .map(b -> b.playbook().path().toAbsolutePath().normalize().toString())
        .toList();
  }

  private void tellStop() {
    if (control.quitBefore().isPresent()) {
      emitter.emit(
          new Event.PlayStopped("the run was ended before '" + control.quitBefore().get() + "'"));
      return;
    }
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
          if (b.content() instanceof Binding.Content.Ready r) {
            secrets.meet(r.value());
          }
        });
  }

  private int go(List<Prepared> plays, Links links) {
    var stepping = new Stepping(control, links, emitter, secrets);
    var course =
        new Course(
            options,
            project.inventory(),
            links,
            entrance,
            emitter,
            secrets,
            control,
            run,
            helpers,
            stepping);
    Map<String, HostPass> foretold = course.passes(plays);
    Map<String, String> unreachable =
        new Reach(emitter, secrets, options).connect(foretold.values());
    var consents = new Consents(options.allow());
    var recording = new Recording();
    var heard = options.check() ? emitter : new Emitter(recording);
    course.run(plays, foretold, unreachable, how(true, consents, heard));
    if (options.check()) {
      boolean differs = tally.pending() && options.mode().detailedExit();
      return recap(foretold, exit(foretold.values(), differs ? 10 : 0), false);
    }
    Optional<Integer> stop =
        new Gate(emitter, secrets, control)
            .closed(plays, consents, unreachable)
            .or(this::passwordsNotKept);
    if (stop.isPresent()) {
      foretold.values().forEach(p -> p.resetCounts(unreachable.containsKey(p.host.name())));
      return recap(foretold, stop.get(), false);
    }
    if (recording.whole() && asWanted(foretold.values()) && !inBatches(plays)) {
      recording.tell(emitter);
      return recap(foretold, 0, true);
    }
    try (var locks = new Locks(emitter, options, run)) {
      if (changes(foretold.values()) && !locks.acquire(LockTargets.of(plays, foretold), began)) {
        foretold.values().forEach(p -> p.resetCounts(false));
        return recap(foretold, control.signal().map(RunControl.Signal::exit).orElse(7), false);
      }
      Map<String, HostPass> done = course.passes(plays);
      done.values().forEach(p -> p.takeFrom(foretold.get(p.host.name())));
      course.run(plays, done, unreachable, how(false, new Consents(options.allow()), emitter));
      new Unwaited(new Teller(emitter, secrets, false, emitter.showsResults()), control)
          .settle(done.values());
      int exit = exit(done.values(), 0);
      if (exit == 0 && !stepping.declined()) {
        var unfinished = new Unfinished(project, options);
        done.values().forEach(pass -> unfinished.settle(pass, plays));
      }
      return recap(done, exit, true);
    }
  }

  /** New passwords reach their files before the first change; otherwise the exit code. */
  private Optional<Integer> passwordsNotKept() {
    try {
      for (Project.Book book : project.books()) {
        book.renderer().keepPasswords();
      }
      return Optional.empty();
    } catch (IOException e) {
      emitter.emit(
          new Event.PlayStopped(
              "nothing was changed: a new password cannot be kept: " + e.getMessage()));
      return Optional.of(2);
    }
  }

  private Course.How how(boolean foretells, Consents consents, Emitter heard) {
    return new Course.How(
        foretells,
        consents,
        new Teller(heard, secrets, options.mode().diff(), emitter.showsResults()),
        tally);
  }

  /** Whether anything is to be written: a change, a handler left over, a note to take away. */
  private boolean changes(Collection<HostPass> foretold) {
    return tally.pending()
        || foretold.stream().anyMatch(p -> !p.hadLeftovers.isEmpty() || !p.unfinished.isEmpty());
  }

  /**
   * Whether every host is as wanted and nothing is to be run or waited for: the second way through
   * the plays would look at the same answers and tell the same, so it is not gone.
   */
  private boolean asWanted(Collection<HostPass> foretold) {
    return exit(foretold, 0) == 0 && !changes(foretold) && foretold.stream().noneMatch(p -> p.acts);
  }

  /** What is foretold for all hosts at once is done, and told, batch by batch. */
  private static boolean inBatches(List<Prepared> plays) {
    return plays.stream().anyMatch(p -> !p.scope().play().serial().isEmpty());
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

  private int recap(Map<String, HostPass> passes, int exit, boolean applied) {
    var hosts = new LinkedHashMap<String, Event.Counts>();
    var missed = new LinkedHashMap<String, Event.Missed>();
    passes.forEach((name, pass) -> {
      hosts.put(name, pass.counts());
      pass.attendance.missed().ifPresent(m -> missed.put(name, m));
    });
    emitter.emit(
        new Event.Recap(
            exit, hosts, missed, applied ? Optional.of(tally.accuracy()) : Optional.empty()));
    return exit;
  }
}
