package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A resource prefers or avoids nodes.
 *
 * @param resource its id
 * @param pattern whether {@code resource} is a regular expression over ids
 * @param where which nodes
 * @param role of the resource, empty for any
 * @param score how strongly
 * @param discovery {@code always never exclusive}, empty to leave it
 */
public record Location(
    String resource, boolean pattern, Where where, String role, String score, String discovery)
    implements Constraint {

  /** Which nodes. */
  public sealed interface Where {
    /** One. */
    record Node(String name) implements Where {}

    /** Those that a rule holds for. */
    record Matching(Rule rule) implements Where {}
  }

  @Override
  public String tag() {
    return "rsc_location";
  }

  @Override
  public List<String> resources() {
    return pattern ? List.of() : List.of(resource);
  }

  private String naming() {
    return pattern ? "rsc-pattern" : "rsc";
  }

  @Override
  public boolean matches(Element e) {
    if (!e.attribute(naming(), "").equals(resource)) {
      return false;
    }
    return switch (where) {
      case Where.Node n ->
          e.attribute("node", "").equals(n.name())
              && Constraint.sameRole(e.attribute("role", ""), role);
      case Where.Matching m ->
          only(e, m.rule())
              .filter(r -> Constraint.sameRole(r.attribute("role", e.attribute("role", "")), role))
              .isPresent();
    };
  }

  /** The element's rule when it has no other and that one says the same. */
  private static Optional<Element> only(Element e, Rule rule) {
    List<Element> rules = e.children("rule");
    return rules.size() == 1 && Rule.of(rules.getFirst()).equals(Optional.of(rule))
        ? Optional.of(rules.getFirst())
        : Optional.empty();
  }

  @Override
  public Element on(Element e, Vocabulary words, Ids ids) {
    Element next =
        e.without(pattern ? "rsc" : "rsc-pattern")
            .with(naming(), resource)
            .holding(Constraint.without(e, "resource_set"));
    if (!discovery.isEmpty()) {
      next = next.with("resource-discovery", discovery);
    }
    return switch (where) {
      case Where.Node n -> {
        Element plain = next.holding(Constraint.without(next, "rule")).with("node", n.name());
        yield Constraint.role(Constraint.score(plain, score), "role", role, words);
      }
      case Where.Matching m -> ruled(next.without("node").without("score"), m.rule(), words, ids);
    };
  }

  private Element ruled(Element e, Rule wanted, Vocabulary words, Ids ids) {
    Optional<Element> same = only(e, wanted);
    Element rule = same.orElseGet(() -> wanted.element(ids.fresh(e.id(), "rule"), ids));
    boolean roleIsRight =
        same.isPresent()
            && Constraint.sameRole(rule.attribute("role", e.attribute("role", "")), role);
    Element roled = roleIsRight ? rule : Constraint.role(rule, "role", role, words);
    Element settled = Constraint.score(roled, score).without("score-attribute");
    Element holder = roleIsRight ? e : e.without("role");
    if (same.isPresent()) {
      return holder.replace(rule, settled);
    }
    var nodes = new ArrayList<>(Constraint.without(holder, "rule"));
    nodes.addFirst(settled);
    return holder.holding(nodes);
  }

  @Override
  public List<String> proposedId() {
    return switch (where) {
      case Where.Node n -> List.of("location", resource, n.name(), score);
      case Where.Matching m -> List.of("location", resource);
    };
  }
}
