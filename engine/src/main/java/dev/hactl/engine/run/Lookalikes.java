package dev.hactl.engine.run;

import dev.hactl.engine.model.Role;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.vars.Binding;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Scope;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hosts on which most tasks of a play come to the same: what a task read on one host tells on which
 * others it must be evaluated again. Thread-safe.
 *
 * <p>Tasks are told by their index.
 */
final class Lookalikes {
  /** Classes of hosts, more or less; further ones are compared with these. */
  private static final int MODELS = 16;

  /** A host that differs in less than this part of the tasks makes no further model. */
  private static final int PART = 20;

  private final List<Task> tasks;
  private final List<Model> models = new CopyOnWriteArrayList<>();

  Lookalikes(List<Task> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  /** A name as a role sees it, or as the play does. */
  private record Name(Optional<Role> role, String name) {}

  /**
   * A host that was looked at.
   *
   * @param bindings what the names meant that its tasks read; empty for what was undefined
   * @param readers which tasks read them
   * @param alone tasks that are to be evaluated for each host
   * @param calls what the tasks came to
   */
  private record Model(
      Map<Name, Optional<Binding>> bindings,
      Map<Name, BitSet> readers,
      BitSet alone,
      StaticCalls.Kept calls) {}

  /** A host that is to be looked at. */
  final class Look {
    private final HostPass pass;
    private final Layer set;
    private final Optional<Model> like;
    private final BitSet own;
    private final BitSet alone = new BitSet();
    private final Map<Name, BitSet> readers = new HashMap<>();

    private Look(HostPass pass, Layer set, Optional<Model> like, BitSet own) {
      this.pass = pass;
      this.set = set;
      this.like = like;
      this.own = own;
    }

    /** The calls of the host that it is like. */
    Optional<StaticCalls.Kept> like() {
      return like.map(Model::calls);
    }

    /** Whether a task must be evaluated for this host. */
    boolean differs(int task) {
      return own.get(task);
    }

    /** All of them. */
    BitSet differing() {
      return (BitSet) own.clone();
    }

    /** Notes what a task read. */
    void read(int task, Set<String> names) {
      Optional<Role> role = tasks.get(task).home().role();
      names.forEach(n -> readers.computeIfAbsent(new Name(role, n), k -> new BitSet()).set(task));
    }

    /** Notes that a task must be evaluated for every host. */
    void alone(int task) {
      alone.set(task);
    }

    /** The host was looked at; the next ones may be like it. */
    void end(StaticCalls.Kept calls) {
      if (own.cardinality() * PART < tasks.size() || models.size() >= MODELS) {
        return;
      }
      like.ifPresent(this::add);
      var scopes = new HashMap<Optional<Role>, Scope>();
      var bindings = new HashMap<Name, Optional<Binding>>();
      readers.keySet().forEach(n -> bindings.put(n, find(n, pass, set, scopes)));
      models.add(new Model(bindings, readers, alone, calls));
    }

    /** Where this host is like the other, it read what the other did. */
    private void add(Model other) {
      other
          .readers()
          .forEach((name, tasks) -> {
            var same = (BitSet) tasks.clone();
            same.andNot(own);
            if (!same.isEmpty()) {
              readers.computeIfAbsent(name, k -> new BitSet()).or(same);
            }
          });
    }
  }

  /** Compares a host, as it begins a play, with those before it. */
  Look look(HostPass pass) {
    Layer set = pass.names.setSoFar();
    var scopes = new HashMap<Optional<Role>, Scope>();
    var all = new BitSet();
    all.set(0, tasks.size());
    Optional<Model> best = Optional.empty();
    for (Model model : models) {
      var differing = (BitSet) model.alone().clone();
      model
          .readers()
          .forEach((name, readers) -> {
            if (!same(
                Objects.requireNonNull(model.bindings().get(name)),
                find(name, pass, set, scopes))) {
              differing.or(readers);
            }
          });
      if (differing.cardinality() < all.cardinality()) {
        best = Optional.of(model);
        all = differing;
      }
    }
    return new Look(pass, set, best, all);
  }

  private static Optional<Binding> find(
      Name name, HostPass pass, Layer set, Map<Optional<Role>, Scope> scopes) {
    return scopes.computeIfAbsent(name.role(), r -> pass.names.scope(r, set)).find(name.name());
  }

  private static boolean same(Optional<Binding> one, Optional<Binding> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() && other.isEmpty();
    }
    return one.get().level() == other.get().level()
        && same(one.get().content(), other.get().content());
  }

  /** The same node, not an equal one: texts are told with their place. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Binding.Content one, Binding.Content other) {
    return switch (one) {
      case Binding.Content.Written w ->
          other instanceof Binding.Content.Written o
              && w.node() == o.node()
              && w.secret() == o.secret();
      case Binding.Content.Ready r ->
          other instanceof Binding.Content.Ready o && r.value().equals(o.value());
      // Facts, unknown as yet, and hostvars: the same for all.
      case Binding.Content.Computed c -> other instanceof Binding.Content.Computed;
    };
  }
}
