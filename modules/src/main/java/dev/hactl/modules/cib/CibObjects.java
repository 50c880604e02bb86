package dev.hactl.modules.cib;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A configuration as a list of objects, in the order of the document. */
final class CibObjects {
  private static final Set<String> ID = Set.of("id");
  private static final Set<String> OPERATION = Set.of("id", "name");

  private final Masking masking;
  private final SequencedMap<String, CibObject> objects = new LinkedHashMap<>();

  private CibObjects(Masking masking) {
    this.masking = masking;
  }

  /** The objects by kind and id. */
  static SequencedMap<String, CibObject> of(Cib cib, Masking masking) {
    var reader = new CibObjects(masking);
    for (Element section : cib.configuration().children()) {
      reader.section(section);
    }
    return reader.objects;
  }

  private void section(Element section) {
    switch (section.name()) {
      case "crm_config" -> section.children().forEach(this::properties);
      case "rsc_defaults" -> section.children().forEach(s -> defaults("resource default", s));
      case "op_defaults" -> section.children().forEach(s -> defaults("operation default", s));
      case "resources" -> section.children().forEach(this::resource);
      case "constraints" -> section.children().forEach(this::constraint);
      default -> section.children().forEach(this::other);
    }
  }

  private void put(CibObject object) {
    objects.put(object.kind() + " " + object.id(), object);
  }

  private CibObject.Builder builder() {
    return new CibObject.Builder(masking);
  }

  private void properties(Element set) {
    if (set.id().equals(Ownership.SET)) {
      put(builder().pairs("", set).build("record", set.id(), "of what hactl created"));
      return;
    }
    defaults("property", set);
  }

  private void defaults(String kind, Element set) {
    for (Element pair : set.children("nvpair")) {
      String name = pair.attribute("name", pair.id());
      String key = objects.containsKey(kind + " " + name) ? set.id() + " " + name : name;
      put(builder().value(name, pair.attribute("value", "")).build(kind, key, ""));
    }
  }

  private void resource(Element e) {
    switch (e.name()) {
      case "primitive", "template" -> primitive(e);
      case "group" -> {
        put(
            builder()
                .field("", "members", ids(Resources.inside(e)))
                .sets("meta", e, "meta_attributes")
                .sets("params", e, "instance_attributes")
                .build("group", e.id(), ""));
        Resources.inside(e).forEach(this::resource);
      }
      case "clone", "master" -> {
        put(
            builder()
                .field("", "of", ids(Resources.inside(e)))
                .sets("meta", e, "meta_attributes")
                .sets("params", e, "instance_attributes")
                .build(e.name(), e.id(), ""));
        Resources.inside(e).forEach(this::resource);
      }
      default -> {
        other(e.holding(e.nodes().stream().filter(n -> !isPrimitive(n)).toList()));
        Resources.inside(e).forEach(this::resource);
      }
    }
  }

  private static boolean isPrimitive(XmlNode node) {
    return node instanceof Element e && Resources.isResource(e);
  }

  private static String ids(List<Element> elements) {
    return elements.stream().map(Element::id).collect(Collectors.joining(" "));
  }

  private void primitive(Element e) {
    var fields =
        builder()
            .attributes(e, Set.of("id", "class", "provider", "type"))
            .sets("", e, "instance_attributes")
            .sets("meta", e, "meta_attributes")
            .sets("utilization", e, "utilization");
    e.child("operations").stream()
        .flatMap(o -> o.children("op").stream())
        .forEach(op -> {
          String group = "op " + operation(e, op);
          fields.attributes(group, op, OPERATION);
          fields.sets(group, op, "instance_attributes").sets(group, op, "meta_attributes");
        });
    put(fields.build(e.name(), e.id(), e.has("type") ? Agent.of(e).toString() : ""));
  }

  /** An action's name, with its role and interval where these tell it from another one. */
  private static String operation(Element primitive, Element op) {
    List<Element> same =
        primitive.child("operations").orElseThrow().children("op").stream()
            .filter(o -> o.attribute("name", "").equals(op.attribute("name", "")))
            .toList();
    String name = op.attribute("name", "");
    if (same.size() < 2) {
      return name;
    }
    Optional<String> role = op.attribute("role");
    boolean byRole =
        role.isPresent()
            && same.stream().filter(o -> o.attribute("role").equals(role)).count() == 1;
    return name + " " + (byRole ? role.get() : op.attribute("interval", op.id()));
  }

  private void constraint(Element e) {
    switch (e.name()) {
      case "rsc_location" -> {
        String who = e.attribute("rsc", e.attribute("rsc-pattern", ""));
        var fields = builder().attributes(e, Set.of("id", "rsc", "rsc-pattern", "node"));
        e.children("rule").forEach(r -> fields.attributes(r, Set.of("id", "boolean-op")));
        put(fields.build("location", e.id(), who + " on " + where(e)));
      }
      case "rsc_colocation" ->
          put(
              builder()
                  .attributes(e, Set.of("id", "rsc", "with-rsc", "rsc-role", "with-rsc-role"))
                  .build(
                      "colocation",
                      e.id(),
                      named(e, "rsc-role", "rsc")
                          + " with "
                          + named(e, "with-rsc-role", "with-rsc")
                          + sets(e)));
      case "rsc_order" ->
          put(
              builder()
                  .attributes(e, Set.of("id", "first", "then", "first-action", "then-action"))
                  .build(
                      "order",
                      e.id(),
                      named(e, "first-action", "first")
                          + " then "
                          + named(e, "then-action", "then")
                          + sets(e)));
      default -> other(e);
    }
  }

  private static String where(Element location) {
    String rules =
        location.children("rule").stream()
            .map(r -> Rule.of(r).map(Rule::toString).orElse(r.id()))
            .collect(Collectors.joining(" or "));
    return rules.isEmpty() ? location.attribute("node", "") : "nodes where " + rules;
  }

  private static String named(Element e, String role, String resource) {
    return Stream.of(e.attribute(role, ""), e.attribute(resource, ""))
        .filter(w -> !w.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String sets(Element e) {
    return e.children("resource_set").stream()
        .map(s -> " set(" + ids(s.children("resource_ref")) + ")")
        .collect(Collectors.joining());
  }

  /** What hactl has no words for: its attributes, and the text of what is inside. */
  private void other(Element e) {
    var fields = builder().attributes(e, ID);
    e.all().skip(1).forEach(inner -> fields.attributes(inner.name() + " " + inner.id(), inner, ID));
    put(fields.build(e.name(), e.id(), ""));
  }
}
