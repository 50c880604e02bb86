package dev.hactl.engine.run;

import dev.hactl.engine.model.Role;
import dev.hactl.engine.model.Task;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a host on its way through the plays, as its tasks and roles see them: what is
 * written of it, its facts, and what its tasks set. Used by one thread at a time.
 */
final class HostNames {
  private static final Place REGISTER = Place.of("register");

  private final Place factsOf;

  /** What registers and set_fact set; grows as the run goes. */
  private final Map<String, Binding> runtime = new LinkedHashMap<>();

  private final Map<String, Value> facts = new LinkedHashMap<>();
  private Layer factLayer = new Layer(Map.of());
  private List<Layer> hostLayers = List.of();
  private List<Layer> playLayers = List.of();
  private List<Layer> top = List.of();
  private List<RoleLayers> roleLayers = List.of();
  private Renderer renderer;
  private @Nullable Variables plain;

  /** The same as the tasks of a role see them, by its number. */
  private final Map<Integer, Variables> ofRoles = new HashMap<>();

  /**
   * Those of a host that has begun no play.
   *
   * @param host its name
   */
  HostNames(String host, Renderer renderer) {
    this.factsOf = Place.of("facts of " + host);
    this.renderer = renderer;
  }

  /** Begins a play: its variables replace those of the play before. */
  void enter(
      List<Layer> ofHost,
      List<Layer> ofPlay,
      List<RoleLayers> ofItsRoles,
      List<Layer> upper,
      Renderer texts) {
    hostLayers = ofHost;
    playLayers = ofPlay;
    roleLayers = ofItsRoles;
    top = upper;
    renderer = texts;
    forget();
  }

  /** Sets a variable for the rest of the run. */
  void set(String name, Value value) {
    runtime.putAll(
        Layer.ready(Precedence.RUNTIME, "register", REGISTER, Map.of(name, value)).bindings());
    if (plain != null) {
      plain.forget(name);
    }
    ofRoles.values().forEach(n -> n.forget(name));
  }

  /** Adds facts. */
  void addFacts(Map<String, Value> more) {
    facts.putAll(more);
    factLayer = Layer.ready(Precedence.FACT, "facts", factsOf, facts);
    forget();
  }

  /** Adds the facts that are known on another way of the host. */
  void addFacts(HostNames other) {
    addFacts(other.facts);
  }

  /** Lets these stand for facts that nobody may need, and tells when somebody does. */
  void awaitFacts(Map<String, Value> blank, Runnable needed) {
    var bindings = new LinkedHashMap<String, Binding>();
    blank.forEach((name, value) ->
        bindings.putAll(
            Layer.computed(
                    Precedence.FACT,
                    "facts",
                    factsOf,
                    name,
                    () -> {
                      needed.run();
                      return value;
                    })
                .bindings()));
    factLayer = new Layer(bindings);
    forget();
  }

  private void forget() {
    plain = null;
    ofRoles.clear();
  }

  /** The names without any task's or role's own. */
  Variables plain() {
    Variables made = plain;
    if (made == null) {
      made = new Variables(scope(Optional.empty(), List.of(), List.of()), renderer);
      plain = made;
    }
    return made;
  }

  /** The same as the tasks of a role see them. */
  private Variables of(Role role) {
    Variables known = ofRoles.get(role.number());
    if (known == null) {
      known = new Variables(scope(Optional.of(role), List.of(), List.of()), renderer);
      ofRoles.put(role.number(), known);
    }
    return known;
  }

  /** The names as a task sees them without its own: those of its role or play. */
  Variables of(Task task) {
    Optional<Role> role = task.home().role();
    return role.isPresent() ? of(role.get()) : plain();
  }

  /** The names as a task sees them. */
  Variables of(Task task, Optional<LoopItem> item) {
    Variables outer = of(task);
    if (task.keywords().vars().isEmpty() && item.isEmpty()) {
      return outer;
    }
    List<Layer> own = written(task.keywords().vars());
    List<Layer> loop =
        item.map(i -> Layer.ready(Precedence.LOOP, "loop", task.place(), i.names())).stream()
            .toList();
    var both = new ArrayList<>(own);
    both.addAll(loop);
    return outer.with(scope(task.home().role(), own, loop), both);
  }

  /** The names with the result of the task at hand, for {@code changed_when} and its like. */
  Variables of(Task task, Optional<LoopItem> item, Value.Dict result) {
    Variables before = of(task, item);
    var own = new LinkedHashMap<String, Value>(result.entries());
    task.keywords().register().ifPresent(r -> own.put(r, result));
    List<Layer> more = List.of(Layer.ready(Precedence.LOOP, "result", task.place(), own));
    return before.with(before.scope().plus(more), more);
  }

  /** The names as a role sees them where it is used with these variables. */
  Variables of(Role role, List<Node.Mapping> vars) {
    List<Layer> own = written(vars);
    return of(role).with(scope(Optional.of(role), own, List.of()), own);
  }

  private static List<Layer> written(List<Node.Mapping> all) {
    return all.stream()
        .map(vars -> Layer.written(Precedence.TASK, "task vars", vars, false))
        .toList();
  }

  /** What was set so far, and stays so when more is set. */
  Layer setSoFar() {
    return new Layer(Map.copyOf(runtime));
  }

  /** The scope that tasks of a play or role see when no more than this is set. */
  Scope scope(Optional<Role> role, Layer set) {
    return scope(role, List.of(), set, List.of());
  }

  private Scope scope(Optional<Role> role, List<Layer> taskVars, List<Layer> loop) {
    return scope(role, taskVars, new Layer(runtime), loop);
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
}
