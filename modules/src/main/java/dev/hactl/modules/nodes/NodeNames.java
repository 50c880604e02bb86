package dev.hactl.modules.nodes;

import dev.hactl.engine.module.Members;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * What the members of a cluster call themselves, {@code uname -n}: the name that Corosync, DRBD and
 * Pacemaker know them by. A member that cannot be observed is taken to call itself as the inventory
 * does.
 *
 * @param byMember by the inventory's names, in its order
 */
public record NodeNames(SequencedMap<String, String> byMember) {

  /** Copies the map. */
  public NodeNames {
    byMember = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byMember));
  }

  /** The names that were seen. */
  public static <S> NodeNames of(Members<S> seen, Function<S, String> node) {
    var names = new LinkedHashMap<String, String>();
    seen.names().forEach(n -> names.put(n, seen.of(n).map(node).orElse(n)));
    return new NodeNames(names);
  }

  /** All of them. */
  public List<String> all() {
    return List.copyOf(byMember.values());
  }

  /** The member that the inventory, or the member itself, calls so. */
  public Optional<String> member(String name) {
    return byMember.entrySet().stream()
        .filter(e -> e.getKey().equals(name) || e.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Why the members cannot be told apart, if they cannot. */
  public Optional<String> alike() {
    return new HashSet<>(byMember.values()).size() == byMember.size()
        ? Optional.empty()
        : Optional.of(
            "two members call themselves the same ("
                + String.join(", ", byMember.values())
                + "): set host names");
  }
}
