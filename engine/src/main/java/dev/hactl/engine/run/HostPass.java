package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.Role;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.plan.Forecast;
import dev.hactl.engine.report.Event.Counts;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Binding;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import dev.hactl.engine.vars.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  /** What registers and set_fact set; grows as the run goes. */
  private final Map<String, Binding> runtime = new LinkedHashMap<>();

  private final Map<String, Value> facts = new LinkedHashMap<>();
  private Layer factLayer = new Layer(Map.of());
  private List<Layer> hostLayers = List.of();
  private List<Layer> playLayers = List.of();
  private List<Layer> top = List.of();
  private List<RoleLayers> roleLayers = List.of();
  private Renderer renderer;
  private @Nullable Variables names;

  /** The same as the tasks of a role see them, by its number. */
  private final Map<Integer, Variables> roleNames = new HashMap<>();

  private static final Place REGISTER = Place.of("register");

  private Counts counts = Counts.NONE;

  HostPass(Host host, HostLink link, Renderer renderer) {
    this.host = host;
    this.link = link;
    this.renderer = renderer;
  }

  /** Begins a play: its variables replace those of the play before. */
  void enter(
      List<Layer> ofHost,
      List<Layer> ofPlay,
      List<RoleLayers> ofRoles,
      List<Layer> upper,
      Renderer texts) {
    hostLayers = ofHost;
    playLayers = ofPlay;
    roleLayers = ofRoles;
    top = upper;
    renderer = texts;
    rolesLeft.clear();
    forgetNames();
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

  /** Sets a variable for the rest of the run. */
  void set(String name, Value value) {
    runtime.putAll(
        Layer.ready(Precedence.RUNTIME, "register", REGISTER, Map.of(name, value)).bindings());
    if (names != null) {
      names.forget(name);
    }
    roleNames.values().forEach(n -> n.forget(name));
  }

  /** Adds facts. */
  void addFacts(Map<String, Value> more) {
    facts.putAll(more);
    factLayer = Layer.ready(Precedence.FACT, "facts", factsOf(), facts);
    forgetNames();
  }

  /** Lets these stand for facts that nobody may need, and tells when somebody does. */
  void awaitFacts(Map<String, Value> blank, Runnable needed) {
    var bindings = new LinkedHashMap<String, Binding>();
    blank.forEach((name, value) ->
        bindings.putAll(
            Layer.computed(
                    Precedence.FACT,
                    "facts",
                    factsOf(),
                    name,
                    () -> {
                      needed.run();
                      return value;
                    })
                .bindings()));
    factLayer = new Layer(bindings);
    forgetNames();
  }

  private void forgetNames() {
    names = null;
    roleNames.clear();
  }

  private Place factsOf() {
    return Place.of("facts of " + host.name());
  }

  /** The host's names without any task's own. */
  Variables names() {
    Variables made = names;
    if (made == null) {
      made = new Variables(scope(Optional.empty(), List.of(), List.of()), renderer);
      names = made;
    }
    return made;
  }

  /** The same as the tasks of a role see them. */
  private Variables names(Role role) {
    Variables known = roleNames.get(role.number());
    if (known == null) {
      known = new Variables(scope(Optional.of(role), List.of(), List.of()), renderer);
      roleNames.put(role.number(), known);
    }
    return known;
  }

  /** The names as a task sees them. */
  Variables names(Task task, Optional<LoopItem> item) {
    Variables plain = names(task);
    if (task.keywords().vars().isEmpty() && item.isEmpty()) {
      return plain;
    }
    List<Layer> own = written(task.keywords().vars());
    List<Layer> loop =
        item.map(i -> Layer.ready(Precedence.LOOP, "loop", task.place(), i.names())).stream()
            .toList();
    var both = new ArrayList<>(own);
    both.addAll(loop);
    return plain.with(scope(task.home().role(), own, loop), both);
  }

  /** The names as a task sees them without its own: those of its role or play. */
  Variables names(Task task) {
    Optional<Role> role = task.home().role();
    return role.isPresent() ? names(role.get()) : names();
  }

  /** The names as a role sees them where it is used with these variables. */
  Variables names(Role role, List<Node.Mapping> vars) {
    List<Layer> own = written(vars);
    return names(role).with(scope(Optional.of(role), own, List.of()), own);
  }

  private static List<Layer> written(List<Node.Mapping> all) {
    return all.stream()
        .map(vars -> Layer.written(Precedence.TASK, "task vars", vars, false))
        .toList();
  }

  /** The names with the result of the task at hand, for {@code changed_when} and its like. */
  Variables names(Task task, Optional<LoopItem> item, Value.Dict result) {
    Variables before = names(task, item);
    var own = new LinkedHashMap<String, Value>(result.entries());
    task.keywords().register().ifPresent(r -> own.put(r, result));
    List<Layer> more = List.of(Layer.ready(Precedence.LOOP, "result", task.place(), own));
    return before.with(before.scope().plus(more), more);
  }

  private Scope scope(Optional<Role> role, List<Layer> taskVars, List<Layer> loop) {
    return scope(role, taskVars, new Layer(runtime), loop);
  }

  /** What was set so far, and stays so when more is set. */
  Layer setSoFar() {
    return new Layer(Map.copyOf(runtime));
  }

  /** The scope that tasks of a play or role see when no more than this is set. */
  Scope scope(Optional<Role> role, Layer set) {
    return scope(role, List.of(), set, List.of());
  }

  private Scope scope(Optional<Role> role, List<Layer> taskVars, Layer set, List<Layer> loop) {
    Optional<RoleLayers> own = role.map(r -> roleLayers.get(r.number()));
    var layers = new ArrayList<Layer>();
    own.ifPresent(r -> layers.addAll(r.defaults()));
    layers.addAll(hostLayers);
    layers.add(factLayer);
    layers.addAll(playLayers);
    own.ifPresent(r -> layers.addAll(r.vars()));
    layers.addAll(taskVars);
    layers.add(set);
    layers.addAll(loop);
    layers.addAll(top);
    own.ifPresent(r -> layers.add(r.magic()));
    return Scope.of(layers);
  }

  /** Starts the second way with what the first one saw. */
  void takeFrom(@Nullable HostPass foretold) {
    if (foretold != null) {
      addFacts(foretold.facts);
      idle.addAll(foretold.idle);
      leftovers.addAll(foretold.hadLeftovers);
      unfinished.putAll(foretold.unfinished);
      foretold.noted.forEach((handler, where) -> noted.put(handler, new ArrayList<>(where)));
      forgetNames();
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
