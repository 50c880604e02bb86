package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What names a resource: constraints, tags, permissions. */
final class References {
  private static final List<String> NAMING = List.of("rsc", "with-rsc", "first", "then");

  private References() {}

  /** Constraints that name one of these resources directly. */
  static List<Element> constraints(Cib cib, Set<String> ids) {
    return cib.section("constraints").children().stream()
        .filter(c -> NAMING.stream().anyMatch(a -> ids.contains(c.attribute(a, ""))))
        .toList();
  }

  /** Whatever else names one of them, in words; it is not rewritten. */
  static List<String> others(Cib cib, Set<String> ids) {
    var found = new ArrayList<String>();
    for (Element constraint : cib.section("constraints").children()) {
      if (constraint.all().anyMatch(e -> names(e, "resource_ref", "id", ids))) {
        found.add("the constraint " + constraint.id());
      }
    }
    for (Element tag : cib.section("tags").children()) {
      if (tag.all().anyMatch(e -> names(e, "obj_ref", "id", ids))) {
        found.add("the tag " + tag.id());
      }
    }
    for (Element acl : cib.section("acls").children()) {
      if (acl.all().anyMatch(e -> names(e, "acl_permission", "reference", ids))) {
        found.add("the role " + acl.id());
      }
    }
    return found;
  }

  /** The fencing levels without these devices; a level without any is none. */
  static Cib withoutDevices(Cib cib, Set<String> ids) {
    Element section = cib.section("fencing-topology");
    Element next = section;
    for (Element level : section.children("fencing-level")) {
      List<String> devices = List.of(level.attribute("devices", "").split(",", -1));
      List<String> left = devices.stream().filter(d -> !ids.contains(d)).toList();
      if (left.isEmpty()) {
        next = next.remove(level);
      } else if (left.size() < devices.size()) {
        next = next.replace(level, level.with("devices", String.join(",", left)));
      }
    }
    return cib.with(next);
  }

  private static boolean names(Element e, String tag, String attribute, Set<String> ids) {
    return e.name().equals(tag) && ids.contains(e.attribute(attribute, ""));
  }
}
