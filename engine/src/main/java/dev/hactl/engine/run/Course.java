package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.report.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Takes hosts through all plays, once to foretell and once to do. */
final class Course {
  private final RunOptions options;
  private final Inventory inventory;
  private final Links links;
  private final Entrance entrance;
  private final Emitter emitter;
  private final Secrets secrets;
  private final RunControl control;
  private final String run;
  private final Executor helpers;
  private final Stepping stepping;

  Course(
      RunOptions options,
      Inventory inventory,
      Links links,
      Entrance entrance,
      Emitter emitter,
      Secrets secrets,
      RunControl control,
      String run,
      Executor helpers,
      Stepping stepping) {
    this.stepping = stepping;
    this.options = options;
    this.inventory = inventory;
    this.links = links;
    this.entrance = entrance;
    this.emitter = emitter;
    this.secrets = secrets;
    this.control = control;
    this.run = run;
    this.helpers = helpers;
  }

  /**
   * Whether it only foretells, whose consent it asks for, and who tells and counts what happens.
   */
  record How(boolean foretells, Consents consents, Teller teller, Tally tally) {}

  /** The hosts of all plays, at the beginning of their way. */
  Map<String, HostPass> passes(List<Prepared> plays) {
    var passes = new LinkedHashMap<String, HostPass>();
    for (Prepared play : plays) {
      for (Host host : play.scope().hosts()) {
        passes
            .computeIfAbsent(
                host.name(), n -> new HostPass(host, links.get(n), play.scope().book().renderer()))
            .attendance
            .expect(play.scope());
      }
    }
    return passes;
  }

  /**
   * Takes hosts through the plays.
   *
   * @param unreachable why hosts could not be connected to, by name
   */
  void run(
      List<Prepared> plays,
      Map<String, HostPass> passes,
      Map<String, String> unreachable,
      How how) {
    for (Prepared play : plays) {
      PlayScope scope = play.scope();
      if (scope.hosts().isEmpty()) {
        how.teller().emit(new Event.PlaySkipped(scope.play().name(), "no hosts matched"));
        continue;
      }
      List<List<HostPass>> batches =
          batches(scope).stream()
              .map(hosts ->
                  hosts.stream().map(h -> Objects.requireNonNull(passes.get(h.name()))).toList())
              .toList();
      if (how.foretells()) {
        // All at once: what is asked costs the same for many hosts as for one.
        List<HostPass> all = batches.stream().flatMap(List::stream).toList();
        if (play(play, all, new Batches(batches), passes, unreachable, how)
            == PlayRunner.Ending.STOPPED) {
          return;
        }
        continue;
      }
      for (List<HostPass> batch : batches) {
        var ending = play(play, batch, new Batches(List.of(batch)), passes, unreachable, how);
        if (ending == PlayRunner.Ending.STOPPED) {
          return;
        }
        if (ending == PlayRunner.Ending.ENDED) {
          break;
        }
      }
    }
  }

  private PlayRunner.Ending play(
      Prepared play,
      List<HostPass> hosts,
      Batches batches,
      Map<String, HostPass> passes,
      Map<String, String> unreachable,
      How how) {
    PlayScope scope = play.scope();
    how.teller()
        .emit(
            new Event.PlayStarted(
                scope.play().name(), hosts.stream().map(p -> p.host.name()).toList()));
    hosts.forEach(p -> {
      p.attendance.begins(scope);
      entrance.enter(p, scope);
    });
    var decider = new Decider();
    var prefetch = new Prefetch(play.tasks(), play.calls(), play.parts());
    var context = new StepContext(scope, play.caller(), run);
    for (HostPass pass : hosts) {
      Optional.ofNullable(unreachable.get(pass.host.name()))
          .filter(m -> pass.active())
          .ifPresent(m -> PassCounts.unreachable(pass, how.teller(), m));
    }
    var reach = new Reach(emitter, secrets, options);
    Parallel.each(
        hosts.stream().filter(HostPass::active).toList(),
        options.mode().forks(),
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
    var sender = new Sender(context, control, emitter);
    var eyes = new ClusterEyes(decider);
    Actor actor =
        how.foretells()
            ? new Foreteller(decider, how.consents())
            : new Performer(decider, how.consents(), prefetch, sender, control);
    var stages = new StageRun(sender, new Verification(decider, control));
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
    ClusterActor together =
        how.foretells()
            ? new ClusterForeteller(eyes, how.consents())
            : new ClusterPerformer(eyes, how.consents(), stages, control);
    var fold = new TransactionFold(play.calls(), runner, how.foretells());
    TransactionActor atOnce =
        how.foretells()
            ? new TransactionForeteller(fold, eyes, how.consents())
            : new TransactionPerformer(fold, eyes, how.consents(), stages, control);
    Function<Host, HostPass> outsiders =
        host -> {
          var pass = new HostPass(host, links.get(host.name()), scope.book().renderer());
          return entrance.enter(pass, scope);
        };
    var clusters =
        new ClusterTask(
            inventory, play.calls(), play.caller(), runner, together, how.teller(), outsiders);
    var transactions =
        new ClusterTransaction(inventory, play.caller(), atOnce, how.teller(), outsiders);
    var notes = new HandlerNotes(context, how.teller(), how.foretells());
    var targets =
        new OnTargets(
            scope,
            inventory::cluster,
            play.calls(),
            play.caller(),
            eyes,
            passes,
            outsiders,
            how.foretells());
    var turn =
        new TaskTurn(
            scope,
            runner,
            clusters,
            transactions,
            notes,
            how.teller(),
            options,
            how.foretells(),
            how.tally(),
            helpers,
            batches,
            passes,
            targets,
            new Consultation(stepping, runner, notes, how.teller(), how.tally(), how.foretells()));
    return new PlayRunner(
            scope,
            play.tasks(),
            hosts,
            turn,
            prefetch,
            new PlayRunner.Handling(runner, notes),
            batches,
            how.teller(),
            options,
            control,
            how.foretells())
        .run();
  }

  private static List<List<Host>> batches(PlayScope scope) {
    List<Host> hosts = scope.hosts();
    List<Play.Batch> serial = scope.play().serial();
    if (serial.isEmpty()) {
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
}
