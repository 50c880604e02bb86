package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;

/**
 * An action happens before another.
 *
 * @param first the resource that acts first
 * @param firstAction {@code start promote demote stop}
 * @param then the resource that acts second
 * @param thenAction what it does
 * @param kind {@code Mandatory Optional Serialize}
 * @param symmetrical whether the opposite holds for stopping; Pacemaker's default when not given
 */
public record Order(
    String first,
    String firstAction,
    String then,
    String thenAction,
    String kind,
    Optional<Boolean> symmetrical)
    implements Constraint {

  @Override
  public String tag() {
    return "rsc_order";
  }

  @Override
  public List<String> resources() {
    return List.of(first, then);
  }

  @Override
  public boolean matches(Element e) {
    String leading = e.attribute("first-action", "start");
    return e.attribute("first", "").equals(first)
        && e.attribute("then", "").equals(then)
        && leading.equals(firstAction)
        && e.attribute("then-action", leading).equals(thenAction);
  }

  @Override
  public Element on(Element e, Vocabulary words, Ids ids) {
    boolean fresh = !e.has("first");
    Element next =
        e.with("first", first).with("then", then).holding(Constraint.without(e, "resource_set"));
    if (fresh || !matches(next)) {
      next = next.with("first-action", firstAction).with("then-action", thenAction);
    }
    if (!kindOf(next).equals(kind)) {
      next = next.without("score").with("kind", kind);
    }
    // Source: Pacemaker Explained, "Ordering properties".
    boolean standard = !kind.equals("Serialize");
    boolean is = next.attribute("symmetrical").flatMap(Meaning::bool).orElse(standard);
    boolean wanted = symmetrical.orElse(standard);
    if (is == wanted) {
      return next;
    }
    return symmetrical.isEmpty()
        ? next.without("symmetrical")
        : next.with("symmetrical", String.valueOf(wanted));
  }

  /** Old configurations give a score instead: zero is optional. */
  private static String kindOf(Element e) {
    boolean zero =
        e.attribute("score").flatMap(Meaning::score).filter(s -> s.signum() == 0).isPresent();
    return e.attribute("kind", zero ? "Optional" : "Mandatory");
  }

  @Override
  public List<String> proposedId() {
    return List.of("order", first, then, kind.equals("Mandatory") ? "mandatory" : kind);
  }
}
