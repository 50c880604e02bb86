package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The resources of a configuration and how they contain each other. */
final class Resources {
  static final String SECTION = "resources";
  private static final Set<String> KINDS =
      Set.of("primitive", "group", "clone", "master", "bundle", "template");

  private final Cib cib;

  private Resources(Cib cib) {
    this.cib = cib;
  }

  static Resources of(Cib cib) {
    return new Resources(cib);
  }

  static boolean isResource(Element e) {
    return KINDS.contains(e.name());
  }

  static boolean isClone(Element e) {
    return e.name().equals("clone") || e.name().equals("master");
  }

  /** A resource and what it is inside, the section first. */
  Optional<List<Element>> path(String id) {
    return path(cib.section(SECTION), id);
  }

  private static Optional<List<Element>> path(Element from, String id) {
    for (XmlNode node : from.nodes()) {
      if (!(node instanceof Element child) || !isResource(child)) {
        continue;
      }
      if (child.id().equals(id)) {
        return Optional.of(new ArrayList<>(List.of(from, child)));
      }
      Optional<List<Element>> deeper =
          child.name().equals("primitive") ? Optional.empty() : path(child, id);
      if (deeper.isPresent()) {
        deeper.get().addFirst(from);
        return deeper;
      }
    }
    return Optional.empty();
  }

  Optional<Element> find(String id) {
    return path(id).map(List::getLast);
  }

  /** What a resource is inside; the section when it stands alone. */
  Optional<Element> parent(String id) {
    return path(id).map(p -> p.get(p.size() - 2));
  }

  /** Whether a constraint may name this id: a resource, or a tag. */
  boolean canBeNamed(String id) {
    return find(id).isPresent()
        || cib.section("tags").children().stream().anyMatch(t -> t.id().equals(id));
  }

  /** The resources inside one. */
  static List<Element> inside(Element resource) {
    return resource.children().stream().filter(Resources::isResource).toList();
  }

  /** A resource's id and the ids of all inside it. */
  static Set<String> idsOf(Element resource) {
    return resource
        .all()
        .filter(Resources::isResource)
        .map(Element::id)
        .collect(Collectors.toSet());
  }

  /** The configuration with one resource (or the section) exchanged for another. */
  Cib edit(String id, UnaryOperator<Element> change) {
    List<Element> path = path(id).orElseThrow();
    return put(path, change.apply(path.getLast()));
  }

  /** The configuration with what contains a resource exchanged for another. */
  Cib editParent(String id, UnaryOperator<Element> change) {
    List<Element> path = path(id).orElseThrow();
    List<Element> above = path.subList(0, path.size() - 1);
    return put(above, change.apply(above.getLast()));
  }

  private Cib put(List<Element> path, Element changed) {
    Element next = changed;
    for (int i = path.size() - 2; i >= 0; i--) {
      next = path.get(i).replace(path.get(i + 1), next);
    }
    return cib.with(next);
  }

  /** The configuration with one more resource that stands alone. */
  Cib add(Element resource) {
    return cib.with(cib.section(SECTION).add(resource));
  }

  /** The configuration without a resource, whatever names it. */
  Cib cut(String id) {
    Element resource = find(id).orElseThrow();
    return editParent(id, parent -> parent.remove(resource));
  }

  /** How an operator calls a kind of resource. */
  static String word(Element resource) {
    return switch (resource.name()) {
      case "master" -> "promotable clone";
      default -> resource.name();
    };
  }
}
