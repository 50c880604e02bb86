package dev.hactl.cli.inventory;

import dev.hactl.cli.output.Plain;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Literal;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Binding;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables as an operator may see them: as they are written, secrets replaced. */
final class Shown {
  private Shown() {}

  /** Those that a host begins with; of several of one name the one that wins. */
  static Map<String, @Nullable Object> ofHost(Host host, Inventory inventory) {
    return plain(HostVariables.of(host, inventory));
  }

  /** A group's own. */
  static Map<String, @Nullable Object> ofGroup(String group, Inventory inventory) {
    return plain(HostVariables.ofGroup(group, inventory));
  }

  /** A host's own. */
  static Map<String, @Nullable Object> own(Host host) {
    return plain(HostVariables.own(host));
  }

  private static Map<String, @Nullable Object> plain(List<Layer> layers) {
    Scope scope = Scope.of(layers);
    var shown = new LinkedHashMap<String, @Nullable Object>();
    for (String name : scope.names()) {
      shown.put(name, plain(scope.find(name).orElseThrow()));
    }
    return shown;
  }

  private static @Nullable Object plain(Binding binding) {
    return switch (binding.content()) {
      case Binding.Content.Ready ready -> Plain.of(ready.value());
      case Binding.Content.Computed computed -> Plain.of(computed.value().get());
      case Binding.Content.Written written when written.secret() -> Value.REDACTED;
      case Binding.Content.Written written -> Plain.of(hidden(written.node()));
    };
  }

  /** The value of a node; what has a tag of its own ({@code !vault}) is not shown. */
  private static Value hidden(Node node) {
    return switch (node) {
      case Node.Scalar s when !s.tag().isEmpty() -> new Value.Text(s.text(), true);
      case Node.Scalar s -> Literal.of(s);
      case Node.Sequence s -> new Value.Items(s.items().stream().map(Shown::hidden).toList());
      case Node.Mapping m -> {
        var entries = new LinkedHashMap<String, Value>();
        m.entries().forEach(e -> entries.put(e.name(), hidden(e.value())));
        yield new Value.Dict(entries);
      }
    };
  }
}
