package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Mentions;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.vars.Binding;
import dev.hactl.engine.vars.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Opens, before the first connection, every encrypted value that a play may come to use, also where
 * evaluating says nothing: behind conditions that are not known yet. A value that nothing mentions
 * is not opened, so that nobody needs the passwords of hosts that are left alone.
 */
final class VaultCheck {
  private final Renderer renderer;
  private final HostProblems found;

  /** Hosts of one group share what is written. */
  private final IdentityHashMap<Node, Looked> known = new IdentityHashMap<>();

  /** What cannot be opened in a value, and the names it refers to. */
  private record Looked(List<SourceException> closed, List<String> further) {}

  VaultCheck(Renderer renderer, HostProblems found) {
    this.renderer = renderer;
    this.found = found;
  }

  /** The values that stand in the tasks themselves. */
  void tasks(PlayScope scope, List<Task> tasks) {
    Play play = scope.play();
    Stream.concat(tasks.stream(), play.handlers().stream())
        .forEach(task -> {
          Task.Keywords k = task.keywords();
          var nodes = new ArrayList<Node>(k.vars());
          nodes.addAll(k.environment());
          k.loop().ifPresent(nodes::add);
          nodes.add(task.args());
          for (Node node : nodes) {
            List<SourceException> closed = open(node);
            if (!closed.isEmpty()) {
              scope.hosts().forEach(host -> note(host, closed));
            }
          }
        });
  }

  /**
   * The variables of a host.
   *
   * @param mentioned the names that the tasks refer to
   */
  void variables(HostPass pass, Set<String> mentioned) {
    Scope scope = pass.names.plain().scope();
    var seen = new HashSet<>(mentioned);
    scope.names().stream().filter(n -> n.startsWith("ansible_")).forEach(seen::add);
    var left = new ArrayDeque<>(seen);
    while (!left.isEmpty()) {
      String name = left.poll();
      if (scope.find(name).map(Binding::content).orElse(null)
          instanceof Binding.Content.Written written) {
        Looked looked = known.computeIfAbsent(written.node(), this::look);
        note(pass.host, looked.closed());
        looked.further().stream().filter(seen::add).forEach(left::add);
      }
    }
  }

  private Looked look(Node node) {
    Mentions further = renderer.mentions(node);
    return new Looked(
        open(node),
        Stream.concat(further.needed().keySet().stream(), further.optional().stream()).toList());
  }

  private void note(Host host, List<SourceException> closed) {
    closed.forEach(e -> found.note(host, e.problems()));
  }

  /** Opens what is encrypted in a node; the keyring remembers it. */
  private static List<SourceException> open(Node node) {
    return switch (node) {
      case Node.Scalar s when s.vaulted() -> {
        try {
          var _ = s.reveal();
          yield List.of();
        } catch (SourceException e) {
          yield List.of(e);
        }
      }
      case Node.Scalar s -> List.of();
      case Node.Sequence s -> s.items().stream().flatMap(n -> open(n).stream()).toList();
      case Node.Mapping m -> m.entries().stream().flatMap(e -> open(e.value()).stream()).toList();
    };
  }
}
