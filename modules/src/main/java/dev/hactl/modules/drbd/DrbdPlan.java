package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.drbd.DrbdState.Metadata;
import dev.hactl.modules.drbd.DrbdWish.FirstSync;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.nodes.NodeNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** Decides about a resource on all members. Pure. */
final class DrbdPlan {
  /** Questions in a row that the engine grants. */
  private static final int MOST_ASKED = 3;

  private final DrbdWish wish;
  private final Members<DrbdState> seen;
  private final NodeNames names;
  private final DrbdChanges changes;

  DrbdPlan(DrbdWish wish, Members<DrbdState> seen) {
    this.wish = wish;
    this.seen = seen;
    this.names = NodeNames.of(seen, DrbdState::node);
    this.changes = new DrbdChanges(wish);
  }

  /** The configuration is the cluster's: a member that was installed anew does not know it yet. */
  private boolean managed() {
    return seen.observed().values().stream().anyMatch(DrbdState::managed);
  }

  /** What becomes of the metadata of one member. */
  private enum Fate {
    /** DRBD has it, or will find it. */
    KEEP,
    /** There is none, and nothing that could be lost. */
    CREATE,
    /** Something would be lost. */
    OVERWRITE
  }

  /** The verdict. */
  ClusterDecision<DrbdState> decide() {
    var nodes = new LinkedHashMap<String, String>();
    Optional<ClusterDecision<DrbdState>> unready =
        new DrbdReadiness(wish, seen, names).obstacle(nodes);
    if (unready.isPresent()) {
      return unready.get();
    }
    String text = text(nodes);
    if (!seen.complete()) {
      return alone(text);
    }
    Optional<String> refusal = new DrbdSafety(wish, seen).refusal();
    if (refusal.isPresent()) {
      return new ClusterDecision.Refused<>(refusal.get());
    }
    return foretold(text, new LinkedHashMap<>());
  }

  private String text(SequencedMap<String, String> nodes) {
    if (wish.own().isPresent()) {
      return wish.own().get() instanceof Content.Inline inline ? inline.text() : "";
    }
    // A node keeps its id: DRBD refuses to attach a disk whose metadata holds another.
    var ids = new LinkedHashMap<String, Integer>();
    seen.observed().values().stream()
        .flatMap(s -> s.file().stream())
        .forEach(f -> ResourceFile.nodeIds(f).forEach(ids::putIfAbsent));
    return ResourceFile.write(wish, nodes, modern(), ids);
  }

  private boolean modern() {
    return seen.observed().values().iterator().next().modern();
  }

  /** With a member out of sight, either nothing is left to do or nothing is done. */
  private ClusterDecision<DrbdState> alone(String text) {
    boolean quiet =
        seen.everywhere(s ->
            s.file().filter(f -> MemberAddresses.fits(text, f)).isPresent()
                && s.adjustment().empty()
                && (s.running() || managed() || !wish.up()));
    if (quiet) {
      return ClusterDecision.ok(things());
    }
    return new ClusterDecision.Refused<>(
        "a replicated disk is changed only when all its members can be observed: " + seen.unseen());
  }

  private Thing[] things() {
    return new Thing[] {wish.thing(), Thing.path(wish.disk()), Thing.path(wish.devicePath())};
  }

  /**
   * What a running resource would do with another file is asked of DRBD itself, member by member.
   */
  private ClusterDecision<DrbdState> foretold(String text, Map<String, Adjustment> known) {
    Optional<String> open =
        seen.observed().entrySet().stream()
            .filter(e -> e.getValue().running() && !known.containsKey(e.getKey()))
            .filter(e -> !e.getValue().file().equals(Optional.of(text)))
            .map(Map.Entry::getKey)
            .findFirst();
    if (open.isEmpty() || known.size() == MOST_ASKED) {
      return sized(text, known);
    }
    return new ClusterDecision.Ask<DrbdState, Adjustment>(
        open.get(),
        changes.rehearse(text),
        answer -> {
          var more = new LinkedHashMap<>(known);
          more.put(open.get(), answer);
          return foretold(text, more);
        });
  }

  /** With DRBD 9, new metadata has room for as many peers as that of a replica which holds data. */
  private ClusterDecision<DrbdState> sized(String text, Map<String, Adjustment> known) {
    var told = new TreeSet<Integer>();
    var untold = new TreeSet<String>();
    seen.observed()
        .forEach((name, state) ->
            state
                .generation()
                .filter(g -> modern() && !g.isNew() && fate(state) == Fate.KEEP)
                .ifPresent(g -> {
                  if (g.slots() > 0) {
                    told.add(g.slots());
                  } else {
                    untold.add(name);
                  }
                }));
    boolean made = seen.observed().values().stream().anyMatch(s -> fate(s) != Fate.KEEP);
    if (!made || !told.isEmpty() || untold.isEmpty() || known.size() == MOST_ASKED) {
      return stages(text, known, told.isEmpty() ? MetadataChange.SLOTS : told.getLast());
    }
    String holder = untold.getFirst();
    return new ClusterDecision.Ask<DrbdState, Integer>(
        holder,
        changes.slots(seen.of(holder).orElseThrow()),
        slots -> stages(text, known, slots == 0 ? MetadataChange.SLOTS : slots));
  }

  private ClusterDecision<DrbdState> stages(String text, Map<String, Adjustment> known, int slots) {
    var files = new LinkedHashMap<String, List<Change<Members<DrbdState>>>>();
    var made = new LinkedHashMap<String, List<Change<Members<DrbdState>>>>();
    var running = new LinkedHashMap<String, List<Change<Members<DrbdState>>>>();
    boolean allNew = true;
    var emptied = new TreeSet<String>();
    for (var e : seen.observed().entrySet()) {
      String name = e.getKey();
      DrbdState state = e.getValue();
      Fate fate = fate(state);
      Adjustment pending = pending(name, state, text, known);
      if (state.running() && pending.effect() == Adjustment.Effect.REPLACES) {
        return new ClusterDecision.Refused<>(
            "%s runs with another disk or device on %s, which a playbook does not exchange: %s"
                .formatted(wish.resource(), name, String.join("; ", pending.commands())));
      }
      if (!state.file().equals(Optional.of(text))) {
        files.put(name, List.of(changes.write(name, state, text)));
      }
      switch (fate) {
        case KEEP -> allNew = allNew && state.isNew();
        case CREATE -> made.put(name, List.of(changes.create(name, state, false, slots)));
        case OVERWRITE -> {
          emptied.add(name);
          made.put(name, List.of(changes.create(name, state, true, slots)));
        }
      }
      if (state.running() && !pending.empty()) {
        running.put(name, List.of(changes.adjust(name, pending)));
      } else if (!state.running() && wish.up() && !managed()) {
        running.put(name, List.of(changes.up(name)));
      }
    }
    var stages = new ArrayList<Stage<DrbdState>>();
    // The file comes last: where it is, the metadata belongs to this resource.
    for (var map : List.of(made, files, running)) {
      if (!map.isEmpty()) {
        stages.add(new Stage<>(map));
      }
    }
    return rest(stages, allNew, emptied);
  }

  /** DRBD 9 knows more members than may be asked; the others do what the strongest answer says. */
  private static Adjustment pending(
      String name, DrbdState state, String text, Map<String, Adjustment> known) {
    boolean unasked =
        state.running() && !known.containsKey(name) && !state.file().equals(Optional.of(text));
    return unasked
        ? known.values().stream()
            .max(Comparator.comparing(Adjustment::effect))
            .orElseGet(state::adjustment)
        : known.getOrDefault(name, state.adjustment());
  }

  private ClusterDecision<DrbdState> rest(
      List<Stage<DrbdState>> stages, boolean allNew, Set<String> emptied) {
    boolean runs = seen.everywhere(s -> s.running() || (wish.up() && !managed()));
    if (allNew && runs && wish.firstSync() != FirstSync.NONE) {
      Optional<String> refusal = new DrbdSafety(wish, seen).firstSync(emptied);
      if (refusal.isPresent()) {
        return new ClusterDecision.Refused<>(refusal.get());
      }
      String source =
          wish.source().or(wish::primary).flatMap(names::member).orElse(seen.names().getFirst());
      stages.add(
          Stage.of(
              source,
              wish.firstSync() == FirstSync.SKIP
                  ? changes.declareEqual()
                  : changes.copy(source, others(source))));
    }
    boolean late = stages.isEmpty() && seen.everywhere(DrbdState::running);
    if (late && wish.waits() && seen.observed().values().stream().anyMatch(this::lags)) {
      stages.add(
          Stage.of(seen.acting().stream().sorted().findFirst().orElseThrow(), changes.wait(seen)));
    }
    boolean nobody =
        seen.everywhere(s -> s.replica().filter(Replica::primary).isEmpty()) && !managed();
    if (wish.primary().isPresent() && wish.up() && nobody && runs) {
      boolean good = !stages.isEmpty() || seen.everywhere(this::good);
      if (good && (wish.firstSync() != FirstSync.NONE || !allNew)) {
        String name = names.member(wish.primary().get()).orElseThrow();
        stages.add(Stage.of(name, changes.promote(name)));
      }
    }
    return ClusterDecision.stages(stages, things());
  }

  private List<String> others(String source) {
    return seen.names().stream().filter(n -> !n.equals(source)).toList();
  }

  private boolean lags(DrbdState state) {
    return state.replica().filter(r -> !r.upToDate() || r.syncing()).isPresent()
        && seen.observed().values().stream()
            .anyMatch(s -> s.replica().filter(Replica::syncing).isPresent());
  }

  private boolean good(DrbdState state) {
    return state.replica().filter(r -> r.upToDate() && r.connected()).isPresent();
  }

  private Fate fate(DrbdState state) {
    if (state.replica().filter(r -> !r.disk().equals("Diskless")).isPresent()) {
      return Fate.KEEP;
    }
    return switch (state.metadata()) {
      case Metadata.Found f when f.generation().isNew() || state.file().isPresent() -> Fate.KEEP;
      case Metadata.Found f -> related(state, f.generation()) ? Fate.KEEP : Fate.OVERWRITE;
      case Metadata.None n ->
          state.disk().signatures().isEmpty() && state.disk().blank()
              ? Fate.CREATE
              : Fate.OVERWRITE;
      case Metadata.Other o -> Fate.KEEP; // refused before
      case Metadata.Unreadable u -> Fate.KEEP; // refused before
    };
  }

  /** Whether another member's replica of this resource knows the data. */
  private boolean related(DrbdState state, Generation generation) {
    return seen.observed().values().stream()
        .filter(s -> !s.node().equals(state.node()))
        .flatMap(s -> s.generation().stream())
        .map(generation::to)
        .anyMatch(r ->
            switch (r) {
              case SAME, FIRST_NEWER, SECOND_NEWER -> true;
              case NEW, DIVERGED, UNRELATED -> false;
            });
  }
}
