package dev.hactl.engine.template;

import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Binding;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Scope;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one host, rendered when they are first used: a variable may refer to others,
 * whatever the order in which they were written. Not thread-safe; one per host.
 */
public final class Variables implements Names {
  private final Scope scope;
  private final Renderer renderer;
  private final Map<String, Known> known = new HashMap<>();
  private final LinkedHashSet<String> open = new LinkedHashSet<>();

  /** The same host's names without the layers of a task. */
  private final @Nullable Variables under;

  private final List<Layer> own;

  /** What the text that is being rendered now has asked for, directly or not. */
  private @Nullable Set<String> asked;

  /**
   * A name that was asked for.
   *
   * @param value empty when nothing defines it
   * @param restsOn the names that it was rendered from, directly or not
   */
  private record Known(Optional<Value> value, Set<String> restsOn) {}

  /** The names of a scope. */
  public Variables(Scope scope, Renderer renderer) {
    this(scope, renderer, null, List.of());
  }

  private Variables(Scope scope, Renderer renderer, @Nullable Variables under, List<Layer> own) {
    this.scope = scope;
    this.renderer = renderer;
    this.under = under;
    this.own = own;
  }

  /**
   * These names with more layers; what does not rest on them is not rendered again.
   *
   * @param with this scope with the layers at their places
   * @param layers the layers
   */
  public Variables with(Scope with, List<Layer> layers) {
    return new Variables(with, renderer, this, layers);
  }

  /** The scope that is rendered. */
  public Scope scope() {
    return scope;
  }

  /** Forgets what rests on a name that got another value. */
  public void forget(String name) {
    if (!known.isEmpty()) {
      known.remove(name);
      known.values().removeIf(k -> k.restsOn().contains(name));
    }
  }

  /** Does some work, and returns the names that it asked for, directly or not. */
  public Set<String> read(Runnable work) {
    var names = new HashSet<String>();
    Set<String> outer = asked;
    asked = names;
    try {
      work.run();
    } finally {
      asked = outer;
    }
    return names;
  }

  @Override
  public Optional<Value> get(String name) {
    Set<String> asking = asked;
    if (asking != null) {
      asking.add(name);
    }
    Known found = known.get(name);
    if (found == null) {
      found = find(name);
      known.put(name, found);
    }
    if (asking != null) {
      asking.addAll(found.restsOn());
    }
    return found.value();
  }

  @Override
  public Collection<String> known() {
    return scope.names();
  }

  private Known find(String name) {
    Variables below = under;
    if (below != null && own.stream().noneMatch(l -> l.bindings().containsKey(name))) {
      try {
        Optional<Value> value = below.get(name);
        Set<String> restsOn = below.restsOn(name);
        if (restsOn.stream()
            .noneMatch(n -> own.stream().anyMatch(l -> l.bindings().containsKey(n)))) {
          return new Known(value, restsOn);
        }
      } catch (SourceException e) {
        // Here it may make sense: it may refer to what the task defines.
      }
    }
    Optional<Binding> binding = scope.find(name);
    return binding.isEmpty() ? new Known(Optional.empty(), Set.of()) : known(name, binding.get());
  }

  private Set<String> restsOn(String name) {
    Known found = known.get(name);
    return found == null ? Set.of() : found.restsOn();
  }

  private Known known(String name, Binding binding) {
    return switch (binding.content()) {
      case Binding.Content.Ready ready -> new Known(Optional.of(ready.value()), Set.of());
      case Binding.Content.Computed computed ->
          new Known(Optional.of(computed.value().get()), Set.of());
      case Binding.Content.Written written -> rendered(name, written, binding);
    };
  }

  private Known rendered(String name, Binding.Content.Written written, Binding binding) {
    if (!open.add(name)) {
      throw new SourceException(
          Problem.error(
              binding.origin().place(),
              "the variable '"
                  + name
                  + "' refers to itself: "
                  + String.join(" > ", open)
                  + " > "
                  + name));
    }
    Set<String> outer = asked;
    var names = new HashSet<String>();
    asked = names;
    try {
      Value value = Value.tainted(renderer.render(written.node(), this), written.secret());
      return new Known(
          Optional.of(value), names.isEmpty() ? Set.of() : Collections.unmodifiableSet(names));
    } finally {
      open.remove(name);
      asked = outer;
      if (outer != null) {
        outer.addAll(names);
      }
    }
  }
}
