package dev.hactl.engine.lint;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a task under the parameters' own names, whatever alias was written.
 *
 * @param nodes what is written
 * @param keys where it begins: the parameter's name, or the text of a free-form module
 */
public record Arguments(Map<String, Node> nodes, Map<String, Place> keys) {

  /** Copies the maps. */
  public Arguments {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    keys = Map.copyOf(keys);
  }

  /** Those of a task. */
  public static Arguments of(Task task, Form<?> form) {
    var nodes = new LinkedHashMap<String, Node>();
    var keys = new LinkedHashMap<String, Place>();
    switch (task.args()) {
      case Node.Mapping m ->
          m.entries()
              .forEach(e -> {
                String name =
                    e.name().equals(Task.FREE_FORM)
                        ? form.freeForm().orElse(e.name())
                        : form.field(e.name()).<String>map(Field::name).orElse(e.name());
                nodes.putIfAbsent(name, e.value());
                keys.putIfAbsent(
                    name, e.name().equals(Task.FREE_FORM) ? e.value().place() : e.key().place());
              });
      case Node.Scalar s -> form.freeForm().ifPresent(f -> plain(f, s, nodes, keys));
      case Node.Sequence s -> form.freeForm().ifPresent(f -> plain(f, s, nodes, keys));
    }
    return new Arguments(nodes, keys);
  }

  private static void plain(
      String name, Node node, Map<String, Node> nodes, Map<String, Place> keys) {
    nodes.put(name, node);
    keys.put(name, node.place());
  }

  /** Where a parameter is given. */
  Optional<Place> key(String parameter) {
    return Optional.ofNullable(keys.get(parameter));
  }

  /** Where a key inside of a parameter's mapping is given, else the parameter. */
  Optional<Place> key(String parameter, String inner) {
    if (nodes.get(parameter) instanceof Node.Mapping m) {
      Optional<Place> place = m.entry(inner).map(e -> e.key().place());
      if (place.isPresent()) {
        return place;
      }
    }
    return key(parameter);
  }
}
