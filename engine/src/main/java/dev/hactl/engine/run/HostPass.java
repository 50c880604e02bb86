package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.plan.Forecast;
import dev.hactl.engine.report.Event.Counts;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A host on its way through the plays, once while predicting and once while applying: its
 * variables, what it notified, how its tasks ended. Used by one thread at a time.
 */
final class HostPass {
  /** How a host stands. */
  enum State {
    ACTIVE,
    ENDED,
    FAILED,
    UNREACHABLE
  }

  final Host host;
  final HostLink link;
  final HostNames names;
  final Forecast forecast = new Forecast();

  /** Ids of handlers to run, and whether that is only a possibility. */
  final Map<Integer, Boolean> notified = new LinkedHashMap<>();

  /** Objects an interrupted run left unfinished, with where their notes are. */
  final Map<Notes.Note, Call.Where> unfinished = new LinkedHashMap<>();

  /** Handlers an interrupted run left behind, of all plays. */
  final Set<Notes.Owed> leftovers = new LinkedHashSet<>();

  /** The same, before they ran. */
  final Set<Notes.Owed> hadLeftovers = new LinkedHashSet<>();

  /** Where notes of handlers were written, by handler. */
  final Map<Notes.Owed, List<Call.Where>> noted = new LinkedHashMap<>();

  /** What tasks started here and did not wait for. */
  final Background background = new Background();

  /** Handlers that the operator does not want now: their notes stay for the next run. */
  final Set<Notes.Owed> declined = new LinkedHashSet<>();

  final RolesLeft rolesLeft = new RolesLeft();
  final Attendance attendance = new Attendance();

  State state = State.ACTIVE;

  /** Why the host failed or was lost, until a rescue takes it up. */
  @Nullable Stumble stumble;

  /** Whether something in the block at hand was changed, failed or could not be told. */
  boolean stirs;

  /** Handlers that are notified only if a block fails; filled only while foretelling. */
  final Set<Integer> possibly = new LinkedHashSet<>();

  /** What the task at hand set for other hosts, by name. */
  final Map<String, Map<String, Value>> forOthers = new LinkedHashMap<>();

  /** The host that was lost meanwhile: this one or a delegate. */
  @Nullable HostLink gone;

  /**
   * Whether applying has more to do here than to tell what was seen: a change, a command that
   * counts as none, a wait.
   */
  boolean acts;

  int window = Integer.MAX_VALUE;

  /** Parameters of calls that were foretold to find nothing to do here. */
  private final Set<Object> idle = Collections.newSetFromMap(new IdentityHashMap<>());

  private Counts counts = Counts.NONE;

  HostPass(Host host, HostLink link, Renderer renderer) {
    this.host = host;
    this.link = link;
    this.names = new HostNames(host.name(), renderer);
  }

  /** Begins a play: its variables replace those of the play before. */
  void enter(
      List<Layer> ofHost,
      List<Layer> ofPlay,
      List<RoleLayers> ofRoles,
      List<Layer> upper,
      Renderer texts) {
    names.enter(ofHost, ofPlay, ofRoles, upper, texts);
    rolesLeft.clear();
    if (state == State.ENDED) {
      state = State.ACTIVE;
    }
  }

  boolean active() {
    return state == State.ACTIVE;
  }

  /** Failed or was lost, for whatever reason. */
  boolean bad() {
    return state == State.FAILED || state == State.UNREACHABLE;
  }

  /** Failed or was lost where a rescue is going to take it up. */
  boolean awaited() {
    return bad() && stumble != null && stumble.caught();
  }

  /** Takes part again after it failed; a host that was lost is logged in to anew when needed. */
  void comeBack() {
    state = State.ACTIVE;
    stumble = null;
    link.forgive();
    HostLink other = gone;
    if (other != null) {
      other.forgive();
      gone = null;
    }
  }

  /** Starts the second way with what the first one saw. */
  void takeFrom(@Nullable HostPass foretold) {
    if (foretold != null) {
      names.addFacts(foretold.names);
      idle.addAll(foretold.idle);
      leftovers.addAll(foretold.hadLeftovers);
      unfinished.putAll(foretold.unfinished);
      foretold.noted.forEach((handler, where) -> noted.put(handler, new ArrayList<>(where)));
    }
  }

  /** Forgets what was only foretold. */
  void resetCounts(boolean unreachable) {
    counts = new Counts(0, 0, unreachable ? 1 : 0, 0, 0, 0, 0, 0);
    attendance.clear();
  }

  /** As the host is now, the call finds nothing to do. */
  void expectIdle(Call.OnHost<?, ?> call) {
    idle.add(Objects.requireNonNull(call.params()));
  }

  /** Whether the call was foretold to find nothing to do here. */
  boolean idle(Call call) {
    return switch (call) {
      case Call.Skip s -> true;
      case Call.OnHost<?, ?> h -> idle.contains(h.params());
      case Call.OnCluster<?, ?> c -> false;
      case Call.Steering<?> s -> false;
      case Call.Undecided u -> false;
      case Call.Invalid i -> false;
    };
  }

  Counts counts() {
    return counts;
  }

  void count(UnaryOperator<Counts> more) {
    counts = more.apply(counts);
  }
}
