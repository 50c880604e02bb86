package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;

/** A relation between resources, or between a resource and nodes, as wanted. */
public sealed interface Constraint permits Location, Colocation, Order {

  /** The tag it has in a configuration. */
  String tag();

  /** The resources it names, which must be there. */
  List<String> resources();

  /** Whether an element relates the same things in the same way, however strongly. */
  boolean matches(Element element);

  /**
   * The element brought to what is wanted; what is right already keeps its spelling. A new one has
   * nothing but its id.
   */
  Element on(Element element, Vocabulary words, Ids ids);

  /** The id that pcs would give it, as parts. */
  List<String> proposedId();

  /** Whether two roles mean the same; none means that the resource merely runs. */
  static boolean sameRole(String one, String other) {
    return Meaning.role(one.isEmpty() ? "Started" : one)
        .equals(Meaning.role(other.isEmpty() ? "Started" : other));
  }

  /** The element with a role, unless it means the same already. */
  static Element role(Element e, String attribute, String role, Vocabulary words) {
    if (sameRole(e.attribute(attribute, ""), role)) {
      return e;
    }
    return role.isEmpty() ? e.without(attribute) : e.with(attribute, words.role(role));
  }

  /** The element with a score, unless it means the same already. */
  static Element score(Element e, String score) {
    Optional<String> is = e.attribute("score");
    return is.isPresent() && Meaning.same("score", is.get(), score) ? e : e.with("score", score);
  }

  /** What is inside an element but children of one tag. */
  static List<XmlNode> without(Element e, String tag) {
    return e.nodes().stream()
        .filter(n -> !(n instanceof Element child && child.name().equals(tag)))
        .toList();
  }
}
