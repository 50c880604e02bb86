package dev.hactl.modules.cib;

import java.util.Optional;
import java.util.Set;

/**
 * A primitive or group runs on one node only.
 *
 * @param inner the primitive or group
 */
public record UncloneEdit(String inner) implements CibEdit {

  @Override
  public Edited on(Cib cib) {
    Resources resources = Resources.of(cib);
    Optional<Element> parent = resources.parent(inner);
    if (parent.isEmpty() || !Resources.isClone(parent.get())) {
      return new Edited.Done(cib);
    }
    Element clone = parent.get();
    boolean named =
        !References.constraints(cib, Set.of(clone.id())).isEmpty()
            || !References.others(cib, Set.of(clone.id())).isEmpty();
    if (named) {
      return new Edited.Refused(
          "'"
              + inner
              + "' cannot stop being a clone: constraints or tags still name '"
              + clone.id()
              + "'");
    }
    Element content = resources.find(inner).orElseThrow();
    return new Edited.Done(
        resources.editParent(clone.id(), section -> section.replace(clone, content)));
  }
}
