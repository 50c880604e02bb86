package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.OnTarget;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.TargetChoice;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.plan.Verdict;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out on which hosts a task that says {@code on:} works, when it is reached. */
final class OnTargets {
  private final PlayScope scope;
  private final List<Host> inventory;
  private final Function<String, List<Host>> clusters;
  private final StaticCalls calls;
  private final Caller caller;
  private final ClusterEyes eyes;
  private final Map<String, HostPass> passes;
  private final Function<Host, HostPass> outsiders;
  private final boolean foretells;

  /** What a block's {@code on:} came to when its first task was reached, by group of hosts. */
  private final Map<OnTarget, Map<String, Found>> known = new HashMap<>();

  /**
   * A finder for one batch of a play.
   *
   * @param clusters the members of a cluster by its name
   * @param passes all hosts of the run by name
   * @param outsiders members that the play leaves out, to be looked at only
   */
  OnTargets(
      PlayScope scope,
      Function<String, List<Host>> clusters,
      StaticCalls calls,
      Caller caller,
      ClusterEyes eyes,
      Map<String, HostPass> passes,
      Function<Host, HostPass> outsiders,
      boolean foretells) {
    this.scope = scope;
    this.inventory = scope.hosts();
    this.clusters = clusters;
    this.calls = calls;
    this.caller = caller;
    this.eyes = eyes;
    this.passes = passes;
    this.outsiders = outsiders;
    this.foretells = foretells;
  }

  /** What a target came to in one group of hosts: a choice, or why there is none yet. */
  private record Found(String text, TargetChoice choice, Optional<String> unsettled) {}

  /**
   * The hosts on which the task does not work, with how it ends there; on all others it does.
   *
   * @param again whether it is looked for anew, as for handlers, which run more than once
   */
  SequencedMap<HostPass, ItemResult> elsewhere(Task task, List<HostPass> hosts, boolean again) {
    Optional<OnTarget> on = task.keywords().on();
    var ended = new LinkedHashMap<HostPass, ItemResult>();
    if (on.isEmpty()) {
      return ended;
    }
    var groups = new LinkedHashMap<String, List<HostPass>>();
    for (HostPass pass : hosts) {
      // Whose condition is false is not asked for, and neither is who else would be meant.
      if (calls.of(pass, task).stream().anyMatch(c -> !(c instanceof Call.Skip))) {
        groups.computeIfAbsent(pass.host.cluster().orElse(""), c -> new ArrayList<>()).add(pass);
      }
    }
    groups.forEach((cluster, passesOf) -> {
      Map<String, Found> before = known.computeIfAbsent(on.get(), o -> new LinkedHashMap<>());
      if (again) {
        before.clear();
      }
      Found found = before.get(cluster);
      if (found == null) {
        found = find(task, on.get(), cluster, passesOf.getFirst());
        before.put(cluster, found);
      }
      for (HostPass pass : passesOf) {
        result(task, pass, found).ifPresent(r -> ended.put(pass, r));
      }
    });
    return ended;
  }

  private Found find(Task task, OnTarget on, String cluster, HostPass first) {
    String said;
    try {
      said = caller.keywords.text(on.text(), first.names.of(task, Optional.empty()));
    } catch (Evaluation.Missing e) {
      String why = String.valueOf(e.getMessage());
      return new Found(on.text().text(), new TargetChoice.Nobody(why, ""), Optional.of(why));
    } catch (SourceException e) {
      String why = e.problems().stream().map(Problem::render).collect(Collectors.joining("\n"));
      return new Found(on.text().text(), new TargetChoice.Nobody(why, ""), Optional.empty());
    }
    TargetText text = TargetText.of(said).orElse(new TargetText("", List.of()));
    Optional<TargetKind<?>> kind =
        scope
            .book()
            .modules()
            .target(text.name())
            .filter(k ->
                text.arguments().size() >= k.required()
                    && text.arguments().size() <= k.arguments().size()
                    && !text.arguments().contains(""));
    return kind.isPresent()
        ? typed(task, text, cluster, kind.get())
        : new Found(said, new TargetChoice.Nobody("that is no target", ""), Optional.empty());
  }

  private <S> Found typed(Task task, TargetText text, String cluster, TargetKind<S> kind) {
    Probe<S> probe = kind.probe(text.arguments()).shared();
    var members = new LinkedHashMap<String, Optional<Call.Where>>();
    var own = new ArrayList<HostPass>();
    for (Host host : members(cluster)) {
      HostPass pass = pass(host, own);
      members.put(host.name(), caller.where(task, pass));
    }
    var watched = new ClusterEyes.Watched<S>(members, Set.copyOf(members.keySet()), probe);
    if (!foretells) {
      // What was seen before the run is no base for choosing where to work.
      members.values().stream()
          .flatMap(Optional::stream)
          .forEach(w -> w.link().seen.forget(w.who(), probe));
    }
    TargetChoice choice = kind.choose(text.arguments(), eyes.look(watched).members());
    return new Found(text.toString(), choice, unsettled(own, kind.reliesOn(text.arguments())));
  }

  private List<Host> members(String cluster) {
    return cluster.isEmpty()
        ? inventory.stream().filter(h -> h.cluster().isEmpty()).toList()
        : clusters.apply(cluster);
  }

  private HostPass pass(Host host, List<HostPass> own) {
    if (inventory.contains(host)) {
      HostPass pass = Objects.requireNonNull(passes.get(host.name()));
      own.add(pass);
      return pass;
    }
    return outsiders.apply(host);
  }

  /** Why it may come to something else when the task is reached. */
  private Optional<String> unsettled(List<HostPass> own, List<Thing> reliesOn) {
    if (!foretells) {
      return Optional.empty();
    }
    Decision<Object> as = Decision.ok(reliesOn.toArray(Thing[]::new));
    return own.stream()
        .flatMap(p ->
            p.forecast.judge(as) instanceof Verdict.Unknown(String why)
                ? Stream.of(p.host.name() + ": " + why)
                : Stream.empty())
        .findFirst();
  }

  private Optional<ItemResult> result(Task task, HostPass pass, Found found) {
    String title = task.name().text();
    if (found.unsettled().isPresent()) {
      String why = "'" + found.text() + "' is " + now(found.choice()) + found.unsettled().get();
      pass.acts = true;
      pass.forecast.expect(title, Footprint.unknown());
      return Optional.of(ItemResult.of(new Outcome.Unknown(why), Results.unknown(title, why)));
    }
    return switch (found.choice()) {
      case TargetChoice.Nobody(String why, String advice) -> {
        String message = "'" + found.text() + "' names nobody: " + why;
        yield Optional.of(ItemResult.failed(advice.isEmpty() ? message : message + "; " + advice));
      }
      case TargetChoice.Hosts(List<String> names) when names.contains(pass.host.name()) ->
          Optional.empty();
      case TargetChoice.Hosts(List<String> names) -> {
        String is = "'" + found.text() + "' is " + String.join(", ", names);
        Set<String> all = inventory.stream().map(Host::name).collect(Collectors.toSet());
        yield Optional.of(
            names.stream().anyMatch(all::contains)
                ? ItemResult.of(new Outcome.Skipped(is), Results.skipped(title))
                : ItemResult.failed(
                    is + ", which the play leaves out; take it into the play, or into --limit"));
      }
    };
  }

  private static String now(TargetChoice choice) {
    return switch (choice) {
      case TargetChoice.Hosts(List<String> names) -> String.join(", ", names) + " now; ";
      case TargetChoice.Nobody n -> "not known: ";
    };
  }
}
