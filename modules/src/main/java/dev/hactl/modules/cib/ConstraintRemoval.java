package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;

/**
 * Constraints are gone: the one with an id, or every one that relates the same things. The
 * operator's temporary ones stay.
 *
 * @param constraint what it relates; not needed when there is an id
 * @param id of the one constraint
 */
public record ConstraintRemoval(Optional<Constraint> constraint, Optional<String> id)
    implements CibEdit {

  @Override
  public Edited on(Cib cib) {
    Element section = cib.section(ConstraintEdit.SECTION);
    List<Element> gone = section.children().stream().filter(this::isMeant).toList();
    if (gone.isEmpty()) {
      return new Edited.Done(cib);
    }
    Element next = section;
    for (Element constraintElement : gone) {
      next = next.remove(constraintElement);
    }
    return new Edited.Done(cib.with(next));
  }

  private boolean isMeant(Element e) {
    if (id.isPresent()) {
      return e.id().equals(id.get());
    }
    return constraint
        .filter(c -> c.tag().equals(e.name()) && c.matches(e))
        .filter(c -> !OperatorState.isConstraint(e.id()))
        .isPresent();
  }
}
