package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The names that texts refer to, also in branches that rendering would not take.
 *
 * @param needed names without which a text cannot be rendered, with where they stand first: worked
 *     out when somebody asks, for most are never told
 * @param optional names that the texts test or give a default for
 * @param own names that the texts define themselves
 */
public record Mentions(Map<String, Supplier<Place>> needed, Set<String> optional, Set<String> own) {

  /** No names. */
  public static final Mentions NONE = new Mentions(Map.of(), Set.of(), Set.of());

  /** Copies the collections. */
  public Mentions {
    needed = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(needed));
    optional = Set.copyOf(optional);
    own = Set.copyOf(own);
  }

  /**
   * The names of several texts that belong together: what one tests, another may use. {@link #NONE}
   * when all are that.
   */
  public static Mentions of(List<Mentions> all) {
    List<Mentions> some = all.stream().filter(m -> !m.isEmpty()).toList();
    if (some.size() < 2) {
      return some.isEmpty() ? NONE : some.getFirst();
    }
    var needed = new LinkedHashMap<String, Supplier<Place>>();
    var optional = new LinkedHashSet<String>();
    var own = new LinkedHashSet<String>();
    for (Mentions m : some) {
      m.needed.forEach(needed::putIfAbsent);
      optional.addAll(m.optional);
      own.addAll(m.own);
    }
    return new Mentions(needed, optional, own);
  }

  /** Where a needed name stands first. */
  public Place place(String name) {
    return Objects.requireNonNull(needed.get(name)).get();
  }

  /** Whether there are no names at all. */
  public boolean isEmpty() {
    return needed.isEmpty() && optional.isEmpty() && own.isEmpty();
  }

  /** The needed names that are neither tested, nor made by the texts, nor among these. */
  public List<String> missing(Set<String> defined) {
    var missing = new ArrayList<String>();
    for (String name : needed.keySet()) {
      if (!optional.contains(name) && !own.contains(name) && !defined.contains(name)) {
        missing.add(name);
      }
    }
    return missing;
  }
}
