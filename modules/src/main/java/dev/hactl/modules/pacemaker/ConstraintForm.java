package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.cib.Colocation;
import dev.hactl.modules.cib.Constraint;
import dev.hactl.modules.cib.Location;
import dev.hactl.modules.cib.Order;
import dev.hactl.modules.cib.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parameters of the three kinds of constraints, and what they make. */
final class ConstraintForm {
  private static final List<String> ACTIONS = List.of("start", "stop", "promote", "demote");

  /** How binding an order is. */
  enum Binding {
    MANDATORY("Mandatory"),
    OPTIONAL("Optional"),
    SERIALIZE("Serialize");

    private final String word;

    Binding(String word) {
      this.word = word;
    }
  }

  /** When Pacemaker looks whether a resource runs on a node already. */
  enum Discovery {
    ALWAYS,
    NEVER,
    EXCLUSIVE
  }

  private final Form.Maybe<String> resource;
  private final Form.Maybe<String> pattern;
  private final Form.Maybe<String> role;
  private final Form.Maybe<String> node;
  private final Form.Maybe<Rule> rule;
  private final Form.Maybe<String> score;
  private final Form.Maybe<Discovery> discovery;
  private final Form.Maybe<String> with;
  private final Form.Maybe<String> withRole;
  private final Form.Maybe<String> first;
  private final Form.Maybe<String> firstAction;
  private final Form.Maybe<String> then;
  private final Form.Maybe<String> thenAction;
  private final Form.Maybe<Binding> binding;
  private final Form.Maybe<Boolean> symmetrical;

  ConstraintForm(Form.Builder form) {
    resource = form.optional("resource", Types.NAME, "Location, colocation: the resource.");
    pattern =
        form.optional(
            "resource_pattern",
            Types.NAME,
            "Location: a regular expression over resources' ids instead.");
    role = form.optional("role", PcmkTypes.ROLE, "Location, colocation: the resource's role.");
    node = form.optional("node", Types.NAME, "Location: the node's name.");
    rule =
        form.optional(
            "rule",
            PcmkTypes.RULE,
            "Location: which nodes, as comparisons of node attributes: '#uname ne db1'.");
    score =
        form.optional(
            "score",
            PcmkTypes.SCORE,
            "Location, colocation: how strongly, INFINITY when left out; negative to avoid.");
    discovery =
        form.optional(
            "resource_discovery",
            Types.oneOf(Discovery.class),
            "Location: when Pacemaker looks whether the resource runs there already.");
    with = form.optional("with", Types.NAME, "Colocation: the resource that is placed first.");
    withRole = form.optional("with_role", PcmkTypes.ROLE, "Colocation: the role of that one.");
    first = form.optional("first", Types.NAME, "Order: the resource that acts first.");
    firstAction =
        form.optional(
            "first_action", Types.NAME, "Order: start (when left out), promote, demote or stop.");
    then = form.optional("then", Types.NAME, "Order: the resource that acts second.");
    thenAction =
        form.optional(
            "then_action", Types.NAME, "Order: start (when left out), promote, demote or stop.");
    binding =
        form.optional(
            "order_kind",
            Types.oneOf(Binding.class),
            "Order: mandatory (when left out), optional or serialize.");
    symmetrical =
        form.optional(
            "symmetrical",
            Types.BOOL,
            "Order: whether the opposite order holds for stopping; Pacemaker's default when left"
                + " out.");
  }

  Constraint constraint(Form.Filled a, PcsConstraint.Kind kind) {
    return switch (kind) {
      case LOCATION -> {
        refuse(a, kind, with, withRole, first, firstAction, then, thenAction, binding, symmetrical);
        yield location(a);
      }
      case COLOCATION -> {
        refuse(
            a,
            kind,
            pattern,
            node,
            rule,
            discovery,
            first,
            firstAction,
            then,
            thenAction,
            binding,
            symmetrical);
        yield colocation(a);
      }
      case ORDER -> {
        refuse(a, kind, resource, pattern, role, node, rule, score, discovery, with, withRole);
        yield order(a);
      }
    };
  }

  private static void refuse(Form.Filled a, PcsConstraint.Kind kind, Form.Maybe<?>... others) {
    for (Form.Maybe<?> other : others) {
      if (a.get(other).isPresent()) {
        throw new BadValue(
            "a parameter of another kind of constraint is given",
            switch (kind) {
              case LOCATION ->
                  "a location has resource or resource_pattern, role, node or rule, score,"
                      + " resource_discovery";
              case COLOCATION -> "a colocation has resource, role, with, with_role, score";
              case ORDER ->
                  "an order has first, first_action, then, then_action, order_kind, symmetrical";
            });
      }
    }
  }

  private Constraint location(Form.Filled a) {
    if (a.get(resource).isPresent() == a.get(pattern).isPresent()) {
      throw new BadValue("a location needs one of resource, resource_pattern");
    }
    if (a.get(node).isPresent() == a.get(rule).isPresent()) {
      throw new BadValue("a location needs one of node, rule");
    }
    Optional<Named> named = a.get(resource).map(r -> role(r, a.get(role)));
    Location.Where where =
        a.get(node)
            .<Location.Where>map(Location.Where.Node::new)
            .orElseGet(() -> new Location.Where.Matching(a.get(rule).orElseThrow()));
    return new Location(
        named.map(Named::resource).orElseGet(() -> a.get(pattern).orElseThrow()),
        named.isEmpty(),
        where,
        named.map(Named::word).orElseGet(() -> a.get(role).orElse("")),
        a.get(score).orElse("INFINITY"),
        a.get(discovery).map(Types::word).orElse(""));
  }

  private Constraint colocation(Form.Filled a) {
    Named one = role(needed(a.get(resource), "colocation", "resource"), a.get(role));
    Named other = role(needed(a.get(with), "colocation", "with"), a.get(withRole));
    return new Colocation(
        one.resource(),
        one.word(),
        other.resource(),
        other.word(),
        a.get(score).orElse("INFINITY"));
  }

  private Constraint order(Form.Filled a) {
    Named one = action(needed(a.get(first), "order", "first"), a.get(firstAction));
    Named other = action(needed(a.get(then), "order", "then"), a.get(thenAction));
    return new Order(
        one.resource(),
        one.word(),
        other.resource(),
        other.word(),
        a.get(binding).orElse(Binding.MANDATORY).word,
        a.get(symmetrical));
  }

  private static String needed(Optional<String> value, String kind, String name) {
    return value.orElseThrow(() -> new BadValue("the " + kind + " needs '" + name + "'"));
  }

  /** A resource and the role or action that stands before it or beside it. */
  private record Named(String word, String resource) {
    static Named split(String text, Optional<String> beside) {
      String[] words = text.strip().split("\\s+", 3);
      if (words.length > 2 || (words.length == 2 && beside.isPresent())) {
        throw new BadValue("'" + text + "' is not one resource");
      }
      return words.length == 2
          ? new Named(words[0], PcmkTypes.id(words[1]))
          : new Named(beside.orElse(""), PcmkTypes.id(words[0]));
    }
  }

  private static Named role(String text, Optional<String> beside) {
    Named named = Named.split(text, beside);
    return new Named(PcmkTypes.role(named.word()), named.resource());
  }

  private static Named action(String text, Optional<String> beside) {
    Named named = Named.split(text, beside);
    String action = named.word().isEmpty() ? "start" : named.word().toLowerCase(Locale.ROOT);
    if (!ACTIONS.contains(action)) {
      throw new BadValue(
          "'" + named.word() + "' is no action", "it is one of " + String.join(", ", ACTIONS));
    }
    return new Named(action, named.resource());
  }
}
