package dev.hactl.modules.packages;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the changes of a package task. */
final class PackageChanges {
  private final PackageTask task;
  private final Observed observed;
  private final Tool tool;
  private final Commands commands;

  PackageChanges(PackageTask task, Observed observed, Tool tool) {
    this.task = task;
    this.observed = observed;
    this.tool = tool;
    this.commands = Commands.of(tool);
  }

  /**
   * Whether something has to be finished first: a transaction of hactl that was cut short always,
   * anything else when this task needs the database or names such a package.
   */
  boolean repairNeeded(Wish wish, boolean busy, boolean removing) {
    if (observed.note().isPresent() || (observed.journal() && busy)) {
      return true;
    }
    List<Installed> unfinished = unfinished();
    if (removing) {
      // What is to be removed need not be configured before.
      Set<String> named = task.wanted().stream().map(Wanted::dpkgName).collect(Collectors.toSet());
      return busy && unfinished.stream().anyMatch(p -> !named.contains(p.name()));
    }
    return !unfinished.isEmpty() && (busy || wish.concernsUnfinished());
  }

  /** Finishes what was cut short. */
  Change<Observed> repair() {
    List<String> broken =
        unfinished().stream()
            .filter(p -> p.state() == Installed.State.BROKEN)
            .map(Installed::name)
            .toList();
    List<String> noted = observed.note().map(Note::packages).orElse(List.of());
    List<String> names = new ArrayList<>(unfinished().stream().map(Installed::name).toList());
    noted.stream().filter(n -> !names.contains(n)).forEach(names::add);
    Change.Builder<Observed> change =
        Change.to(
            "finish an interrupted package transaction"
                + (names.isEmpty() ? "" : ": " + Text.names(names)),
            o ->
                o.note().isEmpty()
                    && !o.journal()
                    && o.packages().stream().noneMatch(Installed::unfinished));
    var properties =
        new ArrayList<>(
            unfinished().stream()
                .map(p -> new Diff.Property(p.name(), p.version() + " (unfinished)", p.version()))
                .toList());
    if (observed.note().isPresent()) {
      properties.add(new Diff.Property("transaction of hactl", "cut short", "finished"));
    }
    return change
        .diff(new Diff.Properties("packages", properties))
        .touches(Footprint.bringing(names.stream().map(Thing::pkg).toArray(Thing[]::new)))
        .intent("packages " + String.join(" ", names))
        .step(
            Transaction.step(
                tool,
                task.options(),
                commands.repair(broken, noted, task.options()),
                noted,
                List.of()))
        .build();
  }

  /** Fetches the package lists. */
  Change<Observed> refresh() {
    long valid = task.refresh().orElse(PackageTask.FRESH_SECONDS);
    return Change.<Observed>to(
            "refresh the package lists", o -> o.lists().younger(Math.max(valid, 60)))
        .diff(
            Diff.of(
                "package lists", new Diff.Property("age", observed.lists().describe(), "fresh")))
        .touches(Footprint.of(PackagePlan.LISTS))
        .step(
            Transaction.step(
                tool, task.options(), commands.refresh(task.options()), List.of(), List.of()))
        .build();
  }

  /**
   * A transaction that could not be simulated. It removes nothing: the tool itself refuses then.
   *
   * @param why what stands in the way of knowing
   */
  Change<Observed> blind(Request request, String why) {
    String verb =
        switch (request) {
          case Request.Remove r -> "remove " + Text.names(request.operands());
          case Request.Install i -> "install " + Text.names(request.operands());
          case Request.Newest n -> "bring to the newest version " + Text.names(request.operands());
          case Request.Whole w -> tool.command() + " " + w.verb();
        };
    List<String> operands = request.operands();
    return Change.<Observed>to(verb + " (" + why + ")", this::done)
        .diff(
            new Diff.Properties(
                "packages",
                (operands.isEmpty() ? List.of("all packages") : operands)
                    .stream().map(o -> new Diff.Property(o, "", "(" + why + ")")).toList()))
        .touches(
            request instanceof Request.Install
                ? Footprint.bringing(operands.stream().map(this::thing).toArray(Thing[]::new))
                : Footprint.unknown())
        .intent("packages " + String.join(" ", operands))
        .step(
            Transaction.step(
                tool,
                task.options(),
                commands.run(request, task.options(), false),
                operands,
                request instanceof Request.Remove ? operands : List.of()))
        .build();
  }

  /**
   * A transaction that was simulated.
   *
   * @param cleaning whether packages that nobody needs may go away unnamed
   */
  Change<Observed> transaction(Request request, Simulation s, Affected affected, boolean cleaning) {
    List<String> named = names(request, s.moves());
    List<Move> removed = s.moves().stream().filter(m -> m.kind().removes()).toList();
    List<String> unnamed =
        cleaning
            ? List.of()
            : removed.stream().map(Move::name).filter(n -> !named.contains(n)).toList();
    List<Thing> things = new ArrayList<>(affected.paths());
    s.moves().forEach(m -> things.add(Thing.pkg(m.name())));
    Change.Builder<Observed> change =
        Change.<Observed>to(what(request, s, affected), this::done)
            .diff(diff(s, named))
            .touches(Footprint.bringing(things.toArray(Thing[]::new)))
            .impact(impact(unnamed, affected))
            .intent("packages " + String.join(" ", s.moves().stream().map(Move::name).toList()));
    if (!removed.isEmpty() && (request instanceof Request.Remove || !tool.dpkg())) {
      change.guard(
          new Guard(
              commands.removesOnly(request, removed, task.options()),
              "other packages than foreseen would be removed now"));
    }
    return change
        .step(
            Transaction.step(
                tool,
                task.options(),
                commands.run(request, task.options(), !removed.isEmpty()),
                s.moves().stream().map(Move::name).toList(),
                removed.stream().map(Move::name).toList()))
        .build();
  }

  private boolean done(Observed o) {
    return o.note().isEmpty() && new Wish(task, o, tool).fulfilled();
  }

  private Impact impact(List<String> unnamed, Affected affected) {
    String stops = affected.stops().isEmpty() ? "" : "stops " + Text.names(affected.stops());
    if (!unnamed.isEmpty()) {
      return new Impact.Destructive(
          "remove-packages:" + String.join(",", unnamed),
          "removes packages that are not named: "
              + Text.names(unnamed)
              + (stops.isEmpty() ? "" : ", " + stops));
    }
    if (!affected.data().isEmpty()) {
      return new Impact.Destructive(
          "purge:" + String.join(",", affected.data()),
          "purging " + Text.names(affected.data()) + " deletes its data");
    }
    if (!stops.isEmpty()) {
      return new Impact.Disruptive(stops);
    }
    boolean startsAllowed = tool.dpkg() && task.options().policy() != Options.NO_STARTS;
    List<String> restarts = startsAllowed ? affected.runs() : affected.restarts();
    return restarts.isEmpty()
        ? Impact.none()
        : new Impact.Disruptive("may restart " + Text.names(restarts));
  }

  private String what(Request request, Simulation s, Affected affected) {
    var parts = new ArrayList<String>();
    for (Move.Kind kind : Move.Kind.values()) {
      List<Move> moves = s.moves().stream().filter(m -> m.kind() == kind).toList();
      if (!moves.isEmpty()) {
        parts.add(
            verb(kind) + " " + Text.names(moves.stream().map(PackageChanges::label).toList()));
      }
    }
    String text = String.join(", ", parts);
    if (request instanceof Request.Install && tool.dpkg() && !affected.runs().isEmpty()) {
      text +=
          " ("
              + Text.names(affected.runs())
              + " runs on and needs a restart to use the new version)";
    }
    return text;
  }

  private static String label(Move m) {
    return m.kind().removes() ? m.name() : m.name() + " " + m.after();
  }

  private static String verb(Move.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Diff diff(Simulation s, List<String> named) {
    return new Diff.Properties(
        "packages",
        s.moves().stream()
            .map(m ->
                new Diff.Property(
                    named.isEmpty() || named.contains(m.name())
                        ? m.name()
                        : m.name() + " (not named)",
                    m.before().isEmpty() ? "absent" : m.before(),
                    m.after().isEmpty() ? "absent" : m.after()))
            .toList());
  }

  // The packages that the task names, as the simulation spells them.
  private List<String> names(Request request, List<Move> moves) {
    if (request instanceof Request.Whole) {
      return List.of();
    }
    var names = new ArrayList<String>();
    Set<String> moved = moves.stream().map(Move::name).collect(Collectors.toSet());
    for (Wanted w : task.wanted()) {
      // hactl-extra-1.0 is the package hactl-extra, not its neighbour hactl: the longest one
      // counts.
      Stream<String> candidates = tool.dpkg() ? Stream.of(w.dpkgName()) : w.rpmNames().stream();
      candidates.filter(moved::contains).findFirst().ifPresent(names::add);
    }
    observed.archives().values().stream()
        .map(Archive::content)
        .flatMap(Optional::stream)
        .map(Installed::name)
        .forEach(names::add);
    return names;
  }

  private Thing thing(String operand) {
    int end = operand.indexOf('=');
    return Thing.pkg(end < 0 ? operand : operand.substring(0, end));
  }

  private List<Installed> unfinished() {
    return observed.packages().stream().filter(Installed::unfinished).toList();
  }
}
