package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;

/**
 * A constraint as wanted. One that relates the same things is edited in place and keeps its id; the
 * operator's temporary ones do not count.
 *
 * @param constraint what is wanted
 * @param id the name to look for first, and of a new one
 */
public record ConstraintEdit(Constraint constraint, Optional<String> id) implements CibEdit {
  static final String SECTION = "constraints";

  @Override
  public Edited on(Cib cib) {
    for (String resource : constraint.resources()) {
      if (!Resources.of(cib).canBeNamed(resource)) {
        return new Edited.Missing(resource, "the resource '" + resource + "' is not configured");
      }
    }
    Optional<Element> there = find(cib, constraint, id);
    Element section = cib.section(SECTION);
    var ids = Ids.in(cib);
    if (there.isEmpty()) {
      Optional<String> taken = id.filter(cib.ids()::contains);
      if (taken.isPresent()) {
        return new Edited.Refused("the id '" + taken.get() + "' is taken");
      }
      String name = id.orElseGet(() -> ids.fresh(constraint.proposedId().toArray(String[]::new)));
      Element made = Element.of(constraint.tag(), "id", name);
      return new Edited.Done(cib.with(section.add(constraint.on(made, cib.vocabulary(), ids))));
    }
    Element old = there.get();
    Element next = constraint.on(old, cib.vocabulary(), ids);
    return new Edited.Done(next.equals(old) ? cib : cib.with(section.replace(old, next)));
  }

  /** By id, else by what it relates. */
  static Optional<Element> find(Cib cib, Constraint wanted, Optional<String> id) {
    List<Element> all = cib.section(SECTION).children(wanted.tag());
    return id.flatMap(name -> all.stream().filter(c -> c.id().equals(name)).findFirst())
        .or(() ->
            all.stream()
                .filter(wanted::matches)
                .filter(c -> !OperatorState.isConstraint(c.id()))
                .findFirst());
  }
}
