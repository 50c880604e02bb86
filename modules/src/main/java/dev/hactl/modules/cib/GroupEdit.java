package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group that holds some members in an order. Members that the task does not name stay in it.
 *
 * @param id its name
 * @param members in the order in which they start
 * @param meta how Pacemaker treats it; left alone when not given
 */
public record GroupEdit(String id, List<String> members, Optional<List<Setting>> meta)
    implements CibEdit {

  /** Copies the list. */
  public GroupEdit {
    members = List.copyOf(members);
  }

  @Override
  public Edited on(Cib cib) {
    Cib current = cib;
    for (String member : members) {
      var join = new MembershipEdit(member, id, Optional.empty(), Optional.empty());
      if (!(join.on(current) instanceof Edited.Done done)) {
        return join.on(current);
      }
      current = done.cib();
    }
    Optional<Element> there = Resources.of(current).find(id);
    if (there.isEmpty()) {
      return new Edited.Missing(id, "the group '" + id + "' is not configured");
    }
    if (!there.get().name().equals("group")) {
      return new Edited.Refused(
          "'" + id + "' is a " + Resources.word(there.get()) + ", not a group");
    }
    Element group = there.get();
    Element next = inOrder(group);
    if (meta.isPresent()) {
      next =
          new Settings(Ids.in(current))
              .in(next, "meta_attributes", meta.get(), OperatorState::isMeta);
    }
    Element settled = next;
    return new Edited.Done(
        settled.equals(group) ? current : Resources.of(current).edit(id, ignored -> settled));
  }

  private Element inOrder(Element group) {
    List<Element> all = Resources.inside(group);
    List<String> named = all.stream().map(Element::id).filter(members::contains).toList();
    if (named.equals(members)) {
      return group;
    }
    var nodes = new ArrayList<>(group.nodes());
    int at =
        group.indexOf(all.stream().filter(m -> members.contains(m.id())).findFirst().orElseThrow());
    nodes.removeIf(n -> n instanceof Element e && members.contains(e.id()));
    for (String member : members) {
      nodes.add(at++, all.stream().filter(m -> m.id().equals(member)).findFirst().orElseThrow());
    }
    return group.holding(nodes);
  }

  @Override
  public Set<OperatorState.Attribute> declares(Cib cib) {
    return PrimitiveEdit.declared(id, meta.orElse(List.of()));
  }
}
