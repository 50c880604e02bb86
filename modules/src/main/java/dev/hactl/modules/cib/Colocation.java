package dev.hactl.modules.cib;

import java.util.List;

/**
 * A resource runs where another one runs.
 *
 * @param resource placed second
 * @param role its role, empty for any
 * @param with placed first
 * @param withRole the other's role, empty for any
 * @param score how strongly; a negative one keeps them apart
 */
public record Colocation(String resource, String role, String with, String withRole, String score)
    implements Constraint {

  @Override
  public String tag() {
    return "rsc_colocation";
  }

  @Override
  public List<String> resources() {
    return List.of(resource, with);
  }

  @Override
  public boolean matches(Element e) {
    return e.attribute("rsc", "").equals(resource)
        && e.attribute("with-rsc", "").equals(with)
        && Constraint.sameRole(e.attribute("rsc-role", ""), role)
        && Constraint.sameRole(e.attribute("with-rsc-role", ""), withRole);
  }

  @Override
  public Element on(Element e, Vocabulary words, Ids ids) {
    boolean fresh = !e.has("rsc");
    Element next =
        e.with("rsc", resource)
            .with("with-rsc", with)
            .holding(Constraint.without(e, "resource_set"));
    next = Constraint.score(next, score);
    if (fresh && !(role.isEmpty() && withRole.isEmpty())) {
      // As pcs: where one of the two has a role, both are written.
      return next.with("rsc-role", words.role(role.isEmpty() ? "Started" : role))
          .with("with-rsc-role", words.role(withRole.isEmpty() ? "Started" : withRole));
    }
    next = Constraint.role(next, "rsc-role", role, words);
    return Constraint.role(next, "with-rsc-role", withRole, words);
  }

  @Override
  public List<String> proposedId() {
    return List.of("colocation", resource, with, score);
  }
}
