package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
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
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  State state = State.ACTIVE;

  /**
   * Whether applying has more to do here than to tell what was seen: a change, a command that
   * counts as none, a wait.
   */
  boolean acts;

  int window = Integer.MAX_VALUE;

  /** Calls that were foretold to find nothing to do here. */
  private final Set<Call> idle = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<String, Value> runtime = new LinkedHashMap<>();
  private final Map<String, Value> facts = new LinkedHashMap<>();
  private Layer factLayer = new Layer(Map.of());
  private List<Layer> hostLayers = List.of();
  private List<Layer> playLayers = List.of();
  private List<Layer> top = List.of();
  private Renderer renderer;
  private @Nullable Variables names;
  private Counts counts = Counts.NONE;

  HostPass(Host host, HostLink link, Renderer renderer) {
    this.host = host;
    this.link = link;
    this.renderer = renderer;
  }

  /** Begins a play: its variables replace those of the play before. */
  void enter(List<Layer> ofHost, List<Layer> ofPlay, List<Layer> upper, Renderer texts) {
    hostLayers = ofHost;
    playLayers = ofPlay;
    top = upper;
    renderer = texts;
    names = null;
    if (state == State.ENDED) {
      state = State.ACTIVE;
    }
  }

  boolean active() {
    return state == State.ACTIVE;
  }

  /** Sets a variable for the rest of the run. */
  void set(String name, Value value) {
    runtime.put(name, value);
    names = null;
  }

  /** Adds facts. */
  void addFacts(Map<String, Value> more) {
    facts.putAll(more);
    factLayer = Layer.ready(Precedence.FACT, "facts", factsOf(), facts);
    names = null;
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
    names = null;
  }

  private Place factsOf() {
    return Place.of("facts of " + host.name());
  }

  /** The host's names without any task's own. */
  Variables names() {
    Variables made = names;
    if (made == null) {
      made = new Variables(scope(List.of(), List.of()), renderer);
      names = made;
    }
    return made;
  }

  /** The names as a task sees them. */
  Variables names(Task task, Optional<Value> item) {
    if (task.keywords().vars().isEmpty() && item.isEmpty()) {
      return names();
    }
    var own = new ArrayList<Layer>();
    for (Node.Mapping vars : task.keywords().vars()) {
      own.add(Layer.written(Precedence.TASK, "task vars", vars, false));
    }
    List<Layer> loop =
        item
            .map(v -> Layer.ready(Precedence.LOOP, "loop", task.place(), Map.of("item", v)))
            .stream()
            .toList();
    return new Variables(scope(own, loop), renderer);
  }

  /** The names with the result of the task at hand, for {@code changed_when} and its like. */
  Variables names(Task task, Optional<Value> item, Value.Dict result) {
    Variables before = names(task, item);
    var own = new LinkedHashMap<String, Value>(result.entries());
    task.keywords().register().ifPresent(r -> own.put(r, result));
    return new Variables(
        before.scope().plus(List.of(Layer.ready(Precedence.LOOP, "result", task.place(), own))),
        renderer);
  }

  private Scope scope(List<Layer> taskVars, List<Layer> loop) {
    var layers = new ArrayList<Layer>(hostLayers);
    layers.add(factLayer);
    layers.addAll(playLayers);
    layers.addAll(taskVars);
    layers.add(Layer.ready(Precedence.RUNTIME, "register", Place.of("register"), runtime));
    layers.addAll(loop);
    layers.addAll(top);
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
      names = null;
    }
  }

  /** Forgets what was only foretold. */
  void resetCounts(boolean unreachable) {
    counts = new Counts(0, 0, unreachable ? 1 : 0, 0, 0, 0, 0, 0);
  }

  /** As the host is now, the call finds nothing to do. */
  void expectIdle(Call call) {
    idle.add(call);
  }

  /** Whether the call was foretold to find nothing to do here. */
  boolean idle(Call call) {
    return call instanceof Call.Skip || idle.contains(call);
  }

  Counts counts() {
    return counts;
  }

  void count(UnaryOperator<Counts> more) {
    counts = more.apply(counts);
  }
}
