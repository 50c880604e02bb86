package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A primitive resource as wanted. What is given is all there is of its kind (except the operator's
 * attributes); what is not given stays as it is.
 *
 * @param id its name
 * @param agent needed when it is not there yet
 * @param options what the agent gets
 * @param meta how Pacemaker treats it
 * @param operations its actions
 * @param promotable whether it has two roles, for the monitors that a new one gets
 */
public record PrimitiveEdit(
    String id,
    Optional<Agent> agent,
    Optional<List<Setting>> options,
    Optional<List<Setting>> meta,
    Optional<List<Operation>> operations,
    boolean promotable)
    implements CibEdit {

  @Override
  public Edited on(Cib cib) {
    Resources resources = Resources.of(cib);
    Optional<Element> there = resources.find(id);
    if (there.isEmpty()) {
      return create(cib, resources);
    }
    Element primitive = there.get();
    if (!primitive.name().equals("primitive")) {
      return new Edited.Refused(
          "'" + id + "' is a " + Resources.word(primitive) + ", not a primitive");
    }
    if (agent.isPresent() && primitive.has("template")) {
      return new Edited.Refused(
          "'" + id + "' takes its agent from the template " + primitive.attribute("template", ""));
    }
    Element next = agent.map(a -> a.on(primitive)).orElse(primitive);
    Element settled = settle(cib, next, operations.map(this::watched));
    return new Edited.Done(
        settled.equals(primitive) ? cib : resources.edit(id, ignored -> settled));
  }

  private Edited create(Cib cib, Resources resources) {
    if (cib.ids().contains(id)) {
      return new Edited.Refused(
          "the id '" + id + "' is taken by a <" + cib.find(id).orElseThrow().name() + ">");
    }
    if (agent.isEmpty()) {
      return new Edited.Missing(id, "the resource '" + id + "' is not configured");
    }
    Element made = agent.get().primitive(id);
    Optional<List<Operation>> actions = Optional.of(watched(operations.orElse(List.of())));
    return new Edited.Done(resources.add(settle(cib, made, actions)));
  }

  private List<Operation> watched(List<Operation> named) {
    return Operation.watched(named, promotable);
  }

  private Element settle(Cib cib, Element primitive, Optional<List<Operation>> actions) {
    var ids = Ids.in(cib);
    var settings = new Settings(ids);
    Element next = primitive;
    if (options.isPresent()) {
      next = settings.in(next, "instance_attributes", options.get(), name -> false);
    }
    if (meta.isPresent()) {
      next = settings.in(next, "meta_attributes", meta.get(), OperatorState::isMeta);
    }
    return actions.isPresent()
        ? new Operations(ids, cib.vocabulary()).in(next, actions.get())
        : next;
  }

  @Override
  public Set<OperatorState.Attribute> declares(Cib cib) {
    return declared(id, meta.orElse(List.of()));
  }

  static Set<OperatorState.Attribute> declared(String id, List<Setting> meta) {
    return meta.stream()
        .filter(s -> OperatorState.isMeta(s.name()))
        .map(s -> new OperatorState.Attribute(id, s.name()))
        .collect(Collectors.toSet());
  }

  @Override
  public Set<String> secrets() {
    return secretsOf(
        Stream.concat(
            Stream.concat(options.stream(), meta.stream()).flatMap(List::stream),
            operations.stream().flatMap(List::stream).flatMap(o -> o.settings().stream())));
  }

  static Set<String> secretsOf(Stream<Setting> settings) {
    return settings
        .filter(s -> s.value().secret() && !s.isGone())
        .map(Setting::text)
        .collect(Collectors.toSet());
  }
}
