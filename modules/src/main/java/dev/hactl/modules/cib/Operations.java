package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Brings the actions of a resource to what is wanted, in place and with the ids they have. */
final class Operations {
  private static final Set<String> KEPT = Set.of("id", "name", "description");

  private final Ids ids;
  private final Vocabulary words;

  Operations(Ids ids, Vocabulary words) {
    this.ids = ids;
    this.words = words;
  }

  /** The primitive with exactly these actions. */
  Element in(Element primitive, List<Operation> wanted) {
    Optional<Element> there = primitive.child("operations");
    if (there.isEmpty()) {
      Element made = settle(primitive.id(), Element.of("operations"), wanted);
      return made.nodes().isEmpty()
          ? primitive
          : primitive.insert(Layout.place(primitive, "operations"), made);
    }
    if (there.get().has("id-ref")) {
      return primitive; // shared with another resource, whose own task says what is in it
    }
    return primitive.replace(there.get(), settle(primitive.id(), there.get(), wanted));
  }

  private Element settle(String owner, Element operations, List<Operation> wanted) {
    Map<Operation, Element> matched = match(operations.children("op"), wanted);
    Element next = operations;
    for (Element op : operations.children("op")) {
      if (matched.values().stream().noneMatch(m -> m.equals(op))) {
        next = next.remove(op);
      }
    }
    for (Operation operation : wanted) {
      Element op = matched.get(operation);
      next =
          op == null ? next.add(made(owner, operation)) : next.replace(op, edited(op, operation));
    }
    return next;
  }

  /** Pairs what is there with what is wanted: the closest first. */
  private Map<Operation, Element> match(List<Element> there, List<Operation> wanted) {
    var free = new ArrayList<>(there);
    var matched = new HashMap<Operation, Element>();
    List<BiPredicate<Element, Operation>> closeness =
        List.of(
            (e, o) -> named(e, o) && agrees(e, o, "role") && agrees(e, o, "interval"),
            (e, o) -> named(e, o) && agrees(e, o, "role"),
            Operations::named);
    for (BiPredicate<Element, Operation> close : closeness) {
      for (Operation operation : wanted) {
        if (!matched.containsKey(operation)) {
          free.stream()
              .filter(e -> close.test(e, operation))
              .findFirst()
              .ifPresent(e -> {
                matched.put(operation, e);
                free.removeIf(f -> f.equals(e));
              });
        }
      }
    }
    return matched;
  }

  private static boolean named(Element op, Operation wanted) {
    return op.attribute("name", "").equals(wanted.name());
  }

  private boolean agrees(Element op, Operation wanted, String attribute) {
    String fallback = attribute.equals("interval") ? "0s" : "";
    return Meaning.same(
        attribute,
        op.attribute(attribute, fallback),
        wanted.attributes(words).getOrDefault(attribute, fallback));
  }

  private Element made(String owner, Operation wanted) {
    Map<String, String> attributes = wanted.attributes(words);
    Element op =
        Element.of("op", "name", wanted.name())
            .with(attributes)
            .with(
                "id",
                ids.fresh(
                    owner, wanted.name(), "interval", attributes.getOrDefault("interval", "0s")));
    return agentPart(op, wanted);
  }

  private Element edited(Element op, Operation wanted) {
    Map<String, String> attributes = wanted.attributes(words);
    Element next = op;
    for (String name : op.attributes().keySet()) {
      if (!KEPT.contains(name) && !attributes.containsKey(name)) {
        next = next.without(name);
      }
    }
    for (var entry : attributes.entrySet()) {
      String old = next.attribute(entry.getKey(), "\0");
      if (!Meaning.same(entry.getKey(), old, entry.getValue())) {
        next = next.with(entry.getKey(), entry.getValue());
      }
    }
    return agentPart(next, wanted);
  }

  private Element agentPart(Element op, Operation wanted) {
    List<Setting> settings = wanted.forAgent();
    return settings.isEmpty() && Settings.main(op, "instance_attributes").isEmpty()
        ? op
        : new Settings(ids).in(op, "instance_attributes", settings, name -> false);
  }
}
