package dev.hactl.modules.cib;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The record of what hactl created, kept in the configuration itself: a set of cluster properties
 * of its own that Pacemaker, pcs and crmsh carry along. It is written only together with a real
 * change, so that taking over an existing cluster plans to nothing. (Not a tag: several versions of
 * pcs refuse to delete what a tag names.)
 */
public final class Ownership {
  /** The id of the record. */
  public static final String SET = "hactl";

  private static final String NAME = "hactl-owned";

  private Ownership() {}

  /** The ids that the record names, in its order. */
  public static Set<String> of(Cib cib) {
    return record(cib)
        .flatMap(set -> set.children("nvpair").stream())
        .filter(p -> p.attribute("name", "").equals(NAME))
        .flatMap(p -> Stream.of(p.attribute("value", "").split(" ", -1)))
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Stream<Element> record(Cib cib) {
    return cib.section("crm_config").children().stream().filter(s -> s.id().equals(SET));
  }

  /** The later configuration with the record of what is new in it and without what has gone. */
  static Cib recorded(Cib before, Cib after) {
    if (before.configuresSameAs(after)) {
      return after;
    }
    Set<String> old = objects(before);
    Set<String> now = objects(after);
    var owned = new LinkedHashSet<>(of(before));
    owned.removeIf(id -> !now.contains(id));
    now.stream().filter(id -> !old.contains(id)).forEach(owned::add);
    return owned.equals(of(after)) ? after : write(after, owned);
  }

  private static Cib write(Cib cib, Set<String> owned) {
    Element section = cib.section("crm_config");
    List<Element> there = record(cib).toList();
    if (owned.isEmpty()) {
      return there.isEmpty() ? cib : cib.with(section.remove(there.getFirst()));
    }
    Element pair = Element.of("nvpair", "id", NAME, "name", NAME, "value", String.join(" ", owned));
    Element set = Element.of("cluster_property_set", "id", SET).add(pair);
    return cib.with(there.isEmpty() ? section.add(set) : section.replace(there.getFirst(), set));
  }

  /** Resources, constraints and fencing levels. */
  private static Set<String> objects(Cib cib) {
    Stream<Element> resources = cib.section(Resources.SECTION).all().filter(Resources::isResource);
    Stream<Element> others =
        Stream.of("constraints", "fencing-topology")
            .flatMap(name -> cib.section(name).children().stream());
    return Stream.concat(resources, others)
        .map(Element::id)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
