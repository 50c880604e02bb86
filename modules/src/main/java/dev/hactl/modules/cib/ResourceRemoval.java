package dev.hactl.modules.cib;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A resource is gone, with everything inside it and the constraints and fencing levels that name
 * it. A group that loses its last member, and a clone that loses its content, go too.
 *
 * @param id a primitive, group or clone
 */
public record ResourceRemoval(String id) implements CibEdit {

  @Override
  public Edited on(Cib cib) {
    Optional<List<Element>> path = Resources.of(cib).path(id);
    if (path.isEmpty()) {
      return new Edited.Done(cib);
    }
    Element outermost = outermost(path.get());
    Set<String> gone = new HashSet<>(Resources.idsOf(outermost));
    List<String> others = References.others(cib, gone);
    if (!others.isEmpty()) {
      return new Edited.Refused(
          "'" + id + "' cannot be removed: " + others.getFirst() + " names it");
    }
    Element constraints = cib.section("constraints");
    for (Element constraint : References.constraints(cib, gone)) {
      if (OperatorState.isConstraint(constraint.id())) {
        return new Edited.Refused(
            "'"
                + id
                + "' cannot be removed: the operator's constraint "
                + constraint.id()
                + " names it; clear it first (crm_resource --clear, or let DRBD lift its fence)");
      }
      constraints = constraints.remove(constraint);
    }
    Cib freed = References.withoutDevices(cib.with(constraints), gone);
    return new Edited.Done(Resources.of(freed).cut(outermost.id()));
  }

  /** What has to go so that nothing empty is left. */
  private static Element outermost(List<Element> path) {
    int i = path.size() - 1;
    while (i > 1 && Resources.inside(path.get(i - 1)).size() == 1) {
      i--;
    }
    return path.get(i);
  }
}
