package dev.hactl.engine.vars;

import dev.hactl.engine.source.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/** Layers of variables as one host sees them, low precedence first. Immutable. */
public final class Scope {
  private final List<Layer> layers;

  private Scope(List<Layer> layers) {
    this.layers = layers;
  }

  /** Layers, low precedence first. */
  public static Scope of(List<Layer> layers) {
    return new Scope(List.copyOf(layers));
  }

  /** This scope with more layers on top. */
  public Scope plus(List<Layer> more) {
    var all = new ArrayList<>(layers);
    all.addAll(more);
    return new Scope(List.copyOf(all));
  }

  /** The binding that wins. */
  public Optional<Binding> find(String name) {
    for (Layer layer : layers.reversed()) {
      Binding binding = layer.bindings().get(name);
      if (binding != null) {
        return Optional.of(binding);
      }
    }
    return Optional.empty();
  }

  /** All bindings of a name, the winner first. */
  public List<Binding> explain(String name) {
    return layers.reversed().stream()
        .map(l -> l.bindings().get(name))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Every name that is bound. */
  public SequencedSet<String> names() {
    var names = new TreeSet<String>();
    layers.forEach(l -> names.addAll(l.bindings().keySet()));
    return names;
  }

  /** The files that variables are written in. */
  public Set<SourceFile> files() {
    var files = new HashSet<SourceFile>();
    for (Layer layer : layers) {
      for (Binding binding : layer.bindings().values()) {
        if (binding.content() instanceof Binding.Content.Written w) {
          files.add(w.node().place().file());
        }
      }
    }
    return files;
  }
}
