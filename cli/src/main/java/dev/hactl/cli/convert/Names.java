package dev.hactl.cli.convert;

import dev.hactl.engine.template.jinja.Known;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What all files together say of variables: what they hold, and which of them are modes. */
final class Names implements Known {
  private static final Pattern OLD_BOOLEAN = Pattern.compile("(?i)yes|no|on|off|true|false");
  private static final Set<String> RESULTS =
      Set.of("changed", "failed", "skipped", "exists", "isdir", "isreg", "islnk", "executable");

  private final Map<String, Kind> kinds = new HashMap<>();
  private final Set<String> modes = new HashSet<>();
  private final Set<String> facts;

  /** Nothing is known but the facts that there are. */
  Names(Set<String> facts) {
    this.facts = facts;
    RESULTS.forEach(r -> kinds.put(r, Kind.BOOLEAN));
    kinds.put("ansible_check_mode", Kind.BOOLEAN);
  }

  @Override
  public Kind kind(String name) {
    Kind kind = kinds.getOrDefault(name, Kind.UNKNOWN);
    // What is empty or a text here may be false in an inventory: only those are sure to be told.
    return kind == Kind.BOOLEAN || kind == Kind.LIST || kind == Kind.MAPPING ? kind : Kind.UNKNOWN;
  }

  @Override
  public boolean fact(String name) {
    return facts.contains(name);
  }

  /** Notes that a value of this name is used as permissions. */
  void mode(String name) {
    modes.add(name);
  }

  boolean isMode(String name) {
    return modes.contains(name);
  }

  /** Notes what a name holds, and the names within it. */
  void met(String name, Node value) {
    Kind kind = kindOf(value);
    if (!name.isEmpty() && !YamlFile.isNull(value)) {
      kinds.merge(name, kind, (a, b) -> a == b ? a : Kind.UNKNOWN);
    }
    within(value);
  }

  private void within(Node value) {
    switch (value) {
      case MappingNode m -> {
        for (NodeTuple t : m.getValue()) {
          met(YamlFile.scalar(t.getKeyNode()), t.getValueNode());
        }
      }
      case SequenceNode s -> s.getValue().forEach(this::within);
      default -> {}
    }
  }

  private static Kind kindOf(Node value) {
    return switch (value) {
      case MappingNode m -> Kind.MAPPING;
      case SequenceNode s -> Kind.LIST;
      case ScalarNode s when oldBoolean(s) -> Kind.BOOLEAN;
      case ScalarNode s when s.getTag().equals(Tag.INT) || s.getTag().equals(Tag.FLOAT) ->
          Kind.NUMBER;
      case ScalarNode s when s.getValue().contains("{{") -> Kind.UNKNOWN;
      default -> Kind.TEXT;
    };
  }

  /** Whether YAML 1.1, which Ansible reads, takes this for true or false. */
  static boolean oldBoolean(ScalarNode s) {
    return s.isPlain() && OLD_BOOLEAN.matcher(s.getValue()).matches();
  }

  static boolean truth(String text) {
    return Set.of("yes", "on", "true").contains(text.toLowerCase(Locale.ROOT));
  }
}
