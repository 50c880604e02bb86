package dev.hactl.modules.packages;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a package task has to do. Pure; the tool's own simulation is its second look. */
final class PackagePlan {
  /** What the tool knows it can install; repositories and refreshes alter it. */
  static final Thing LISTS = new Thing(Thing.Kind.OTHER, "package lists");

  private static final Duration SIMULATION = Duration.ofMinutes(2);

  private final PackageTask task;
  private final Observed observed;
  private final Tool tool;
  private final Wish wish;
  private final boolean refreshDue;
  private final PackageChanges changes;

  private PackagePlan(PackageTask task, Observed observed, Tool tool) {
    this.task = task;
    this.observed = observed;
    this.tool = tool;
    this.wish = new Wish(task, observed, tool);
    this.refreshDue = task.refresh().filter(v -> !observed.lists().younger(v)).isPresent();
    this.changes = new PackageChanges(task, observed, tool);
  }

  /** The decision. */
  static Decision<Observed> decide(PackageTask task, Observed observed) {
    if (observed.tool().isEmpty()) {
      String names =
          String.join(", ", Tools.of(task.choice()).stream().map(Tool::command).toList());
      return new Decision.Impossible<>("this host has no package manager (" + names + ")");
    }
    return new PackagePlan(task, observed, observed.tool().get()).decide();
  }

  private Decision<Observed> decide() {
    for (Archive archive : observed.archives().values()) {
      Optional<Decision<Observed>> trouble = trouble(archive);
      if (trouble.isPresent()) {
        return trouble.get();
      }
    }
    boolean removing = task.state() == PackageTask.State.ABSENT;
    if (removing && !wish.providedOnly().isEmpty()) {
      return new Decision.Impossible<>(
          "nothing is removed that is not named: " + String.join("; ", wish.providedOnly()));
    }
    List<String> specs = wish.specs();
    List<String> verbs = verbs();
    var planned = new ArrayList<Change<Observed>>();
    boolean busy = !specs.isEmpty() || !verbs.isEmpty();
    if (changes.repairNeeded(wish, busy, removing)) {
      planned.add(changes.repair());
    }
    if (refreshDue && refreshWanted(specs)) {
      planned.add(changes.refresh());
    }
    if (!busy && !(refreshDue && newest())) {
      return Decision.change(planned, relies());
    }
    if (!busy) {
      // Nothing newer in lists that are about to be refreshed: only the refreshed ones can tell.
      planned.add(changes.blind(new Request.Newest(wish.all()), "as the refreshed lists will say"));
      return Decision.change(planned, relies());
    }
    if (!verbs.isEmpty() && specs.isEmpty()) {
      return whole(planned, verbs);
    }
    Request request = removing ? new Request.Remove(specs) : new Request.Install(specs);
    return Decision.ask(simulation(request), s -> judged(planned, request, s));
  }

  private Optional<Decision<Observed>> trouble(Archive archive) {
    if (archive.content().isPresent()) {
      boolean fits = archive.path().endsWith(tool.dpkg() ? ".deb" : ".rpm");
      return fits ? Optional.empty() : Optional.of(strange(archive));
    }
    if (archive.problem().isEmpty()) {
      return archive.path().endsWith(tool.dpkg() ? ".deb" : ".rpm")
          ? Optional.of(
              new Decision.Blocked<>(
                  Thing.path(archive.path()), archive.path() + " is not on the host"))
          : Optional.of(strange(archive));
    }
    return Optional.of(
        new Decision.Impossible<>(archive.path() + " cannot be read: " + archive.problem()));
  }

  private Decision<Observed> strange(Archive archive) {
    return new Decision.Impossible<>(
        tool.command() + " cannot install " + archive.path() + ": another kind of package");
  }

  private boolean newest() {
    return !task.whole().isEmpty()
        || (task.state() == PackageTask.State.LATEST && !task.wanted().isEmpty());
  }

  // Where everything wanted is there already, fresh lists would change nothing.
  private boolean refreshWanted(List<String> specs) {
    boolean alone = task.wanted().isEmpty() && task.archives().isEmpty() && task.whole().isEmpty();
    return alone || newest() || (!specs.isEmpty() && task.state() != PackageTask.State.ABSENT);
  }

  private List<String> verbs() {
    return task.whole().stream()
        .filter(v -> {
          Simulation s = wish.whole(v);
          return !s.moves().isEmpty() || !s.errors().isEmpty() || (refreshDue && !cleans(v));
        })
        .toList();
  }

  private static boolean cleans(String verb) {
    return verb.equals("autoremove");
  }

  private Decision<Observed> whole(List<Change<Observed>> planned, List<String> verbs) {
    String verb = verbs.getFirst();
    Simulation simulation = wish.whole(verb);
    Request request = new Request.Whole(verb);
    if (refreshDue && !cleans(verb)) {
      planned.add(changes.blind(request, "as the refreshed lists will say"));
      return further(planned, verbs, Affected.none());
    }
    if (!simulation.errors().isEmpty() && planned.isEmpty()) {
      return new Decision.Blocked<>(LISTS, String.join("; ", simulation.errors()));
    }
    return Decision.ask(
        Affected.probe(tool, simulation.moves()),
        affected -> {
          planned.add(changes.transaction(request, simulation, affected, cleans(verb)));
          return further(planned, verbs, affected);
        });
  }

  // A second verb (autoremove after upgrade) acts on what the first one leaves.
  private Decision<Observed> further(
      List<Change<Observed>> planned, List<String> verbs, Affected ignored) {
    verbs.stream()
        .skip(1)
        .forEach(
            v -> planned.add(changes.blind(new Request.Whole(v), "after " + verbs.getFirst())));
    return Decision.change(planned, relies());
  }

  private Probe<Simulation> simulation(Request request) {
    Commands commands = Commands.of(tool);
    // Errors are part of the answer.
    String text = "{ " + commands.simulation(request, task.options()) + "; } 2>&1 </dev/null";
    return Probe.sh(text, a -> commands.read(a.raw())).within(SIMULATION);
  }

  private Decision<Observed> judged(List<Change<Observed>> planned, Request request, Simulation s) {
    boolean certain = s.unknown().isEmpty() && s.errors().isEmpty();
    boolean comesLater = !planned.isEmpty();
    if (!certain && (comesLater || !s.uncertain().isEmpty())) {
      planned.add(changes.blind(request, reason(s, comesLater)));
      return Decision.change(planned, relies());
    }
    if (!s.unknown().isEmpty()) {
      return new Decision.Blocked<>(
          LISTS,
          "no repository known to this host offers "
              + Text.names(s.unknown())
              + (observed.lists().seconds().isPresent()
                  ? " (lists are " + observed.lists().describe() + ")"
                  : ""));
    }
    if (!s.errors().isEmpty()) {
      return new Decision.Blocked<>(
          LISTS, tool.command() + " cannot do it: " + String.join("; ", s.errors()));
    }
    Optional<String> refusal = refusal(s);
    if (refusal.isPresent()) {
      return new Decision.Refused<>(refusal.get());
    }
    if (s.moves().isEmpty()) {
      return nothing(planned, request);
    }
    if (s.moves().stream().allMatch(m -> m.kind() == Move.Kind.INSTALL)) {
      planned.add(changes.transaction(request, s, Affected.none(), false));
      return Decision.change(planned, relies());
    }
    return Decision.ask(
        Affected.probe(tool, s.moves()),
        affected -> {
          planned.add(changes.transaction(request, s, affected, task.options().autoremove()));
          return Decision.change(planned, relies());
        });
  }

  // The tool sees nothing to do where the database says there is: held back, excluded, unfinished.
  private Decision<Observed> nothing(List<Change<Observed>> planned, Request request) {
    if (!planned.isEmpty()) {
      planned.add(changes.blind(request, "after what comes before"));
      return Decision.change(planned, relies());
    }
    if (wish.concernsUnfinished()) {
      planned.add(changes.blind(request, "half installed now"));
      return Decision.change(planned, relies());
    }
    return new Decision.Impossible<>(
        tool.command()
            + " finds nothing to do for "
            + Text.names(request.operands())
            + ": a version that is excluded, pinned or not offered");
  }

  private Optional<String> refusal(Simulation s) {
    if (!s.held().isEmpty() && !task.options().allowHeld()) {
      return Optional.of(
          Text.names(s.held()) + " is held; allow_change_held_packages: true permits the change");
    }
    List<String> older =
        s.moves().stream()
            .filter(m -> m.kind() == Move.Kind.DOWNGRADE)
            .map(m -> m.name() + " from " + m.before() + " to " + m.after())
            .toList();
    return older.isEmpty() || task.options().allowDowngrade()
        ? Optional.empty()
        : Optional.of(
            "an older version would replace a newer one: "
                + Text.names(older)
                + "; allow_downgrade: true permits it");
  }

  private String reason(Simulation s, boolean comesLater) {
    if (comesLater && refreshDue && !s.unknown().isEmpty()) {
      return Text.names(s.unknown()) + " is not in the present lists";
    }
    return comesLater
        ? "not foreseeable before what comes first"
        : "not foreseeable: " + s.uncertain().getFirst();
  }

  private Thing[] relies() {
    var things = new ArrayList<Thing>();
    task.wanted().forEach(w -> things.add(Thing.pkg(tool.dpkg() ? w.dpkgName() : w.name())));
    observed
        .archives()
        .values()
        .forEach(a -> {
          things.add(Thing.path(a.path()));
          a.content().ifPresent(c -> things.add(Thing.pkg(c.name())));
        });
    if (newest() || task.refresh().isPresent()) {
      things.add(LISTS);
    }
    return things.toArray(Thing[]::new);
  }
}
