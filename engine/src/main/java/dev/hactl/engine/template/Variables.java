package dev.hactl.engine.template;

import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Binding;
import dev.hactl.engine.vars.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of one host, rendered when they are first used: a variable may refer to others,
 * whatever the order in which they were written. Not thread-safe; one per host.
 */
public final class Variables implements Names {
  private final Scope scope;
  private final Renderer renderer;
  private final Map<String, Value> rendered = new HashMap<>();
  private final LinkedHashSet<String> open = new LinkedHashSet<>();

  /** The names of a scope. */
  public Variables(Scope scope, Renderer renderer) {
    this.scope = scope;
    this.renderer = renderer;
  }

  /** The scope that is rendered. */
  public Scope scope() {
    return scope;
  }

  @Override
  public Optional<Value> get(String name) {
    Value known = rendered.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Value> value = scope.find(name).map(b -> value(name, b));
    value.ifPresent(v -> rendered.put(name, v));
    return value;
  }

  @Override
  public Collection<String> known() {
    return scope.names();
  }

  private Value value(String name, Binding binding) {
    return switch (binding.content()) {
      case Binding.Content.Ready ready -> ready.value();
      case Binding.Content.Computed computed -> computed.value().get();
      case Binding.Content.Written written -> {
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
        try {
          yield Value.tainted(renderer.render(written.node(), this), written.secret());
        } finally {
          open.remove(name);
        }
      }
    };
  }
}
