package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A primitive is a member of a group, or of none.
 *
 * @param id the primitive
 * @param group made when it is not there; empty when the primitive is to stand alone
 * @param before a member that is to start later, if it matters
 * @param after a member that is to start earlier, if it matters
 */
public record MembershipEdit(
    String id, String group, Optional<String> before, Optional<String> after) implements CibEdit {

  @Override
  public Edited on(Cib cib) {
    Resources resources = Resources.of(cib);
    Optional<Element> parent = resources.parent(id);
    if (parent.isEmpty()) {
      return new Edited.Missing(id, "the resource '" + id + "' is not configured");
    }
    Element holder = parent.get();
    Element member = resources.find(id).orElseThrow();
    if (!member.name().equals("primitive")) {
      return new Edited.Refused(
          "'"
              + id
              + "' is a "
              + Resources.word(member)
              + "; only primitives are members of groups");
    }
    if (group.isEmpty()) {
      return holder.name().equals("group") ? alone(cib, holder) : new Edited.Done(cib);
    }
    if (holder.name().equals("group") && holder.id().equals(group)) {
      return ordered(cib, holder);
    }
    if (!holder.name().equals("group") && !holder.name().equals(Resources.SECTION)) {
      return new Edited.Refused(
          "'"
              + id
              + "' is inside the "
              + Resources.word(holder)
              + " '"
              + holder.id()
              + "' and cannot be a member of '"
              + group
              + "'");
    }
    return joined(cib, holder);
  }

  private Edited joined(Cib cib, Element from) {
    Element member = Resources.of(cib).find(id).orElseThrow();
    Optional<Element> target = Resources.of(cib).find(group);
    if (target.isPresent() && !target.get().name().equals("group")) {
      return new Edited.Refused(
          "'" + group + "' is a " + Resources.word(target.get()) + ", not a group");
    }
    if (target.isEmpty() && cib.ids().contains(group)) {
      return new Edited.Refused("the id '" + group + "' is taken");
    }
    Optional<String> emptied = emptied(cib, from);
    if (emptied.isPresent()) {
      return new Edited.Refused(emptied.get());
    }
    Cib without = leave(cib, from);
    Cib in =
        target.isEmpty()
            ? Resources.of(without).add(Element.of("group", "id", group).add(member))
            : Resources.of(without).edit(group, g -> g.insert(entry(g), member));
    return ordered(in, Resources.of(in).find(group).orElseThrow());
  }

  /** Where a new member stands: behind the one it is to follow, as with pcs, or at the end. */
  private int entry(Element target) {
    int neighbour = after.map(n -> place(target, n)).orElse(-1);
    return neighbour < 0 ? end(target) : neighbour + 1;
  }

  /** Takes the member out of where it is; a group that loses its last member goes with it. */
  private Cib leave(Cib cib, Element from) {
    boolean last = from.name().equals("group") && Resources.inside(from).size() == 1;
    return Resources.of(cib).cut(last ? from.id() : id);
  }

  /** Why a group must not become empty, if it would. */
  private static Optional<String> emptied(Cib cib, Element from) {
    if (!from.name().equals("group") || Resources.inside(from).size() > 1) {
      return Optional.empty();
    }
    Element holder = Resources.of(cib).parent(from.id()).orElseThrow();
    boolean named =
        !References.constraints(cib, Set.of(from.id())).isEmpty()
            || !References.others(cib, Set.of(from.id())).isEmpty();
    return named || Resources.isClone(holder)
        ? Optional.of(
            "the group '" + from.id() + "' would be left without members, and it is still in use")
        : Optional.empty();
  }

  private Edited alone(Cib cib, Element from) {
    Optional<String> emptied = emptied(cib, from);
    if (emptied.isPresent()) {
      return new Edited.Refused(emptied.get());
    }
    Element member = Resources.of(cib).find(id).orElseThrow();
    return new Edited.Done(Resources.of(leave(cib, from)).add(member));
  }

  private Edited ordered(Cib cib, Element holder) {
    for (Optional<String> neighbour : List.of(before, after)) {
      if (neighbour.isPresent() && place(holder, neighbour.get()) < 0) {
        return new Edited.Missing(
            neighbour.get(), "'" + neighbour.get() + "' is no member of the group '" + group + "'");
      }
    }
    int here = place(holder, id);
    boolean early = after.isPresent() && here < place(holder, after.get());
    boolean late = before.isPresent() && here > place(holder, before.get());
    if (!early && !late) {
      return new Edited.Done(cib);
    }
    Element member = (Element) holder.nodes().get(here);
    return new Edited.Done(
        Resources.of(cib)
            .edit(
                group,
                g -> {
                  Element rest = g.remove(member);
                  int at =
                      early
                          ? place(rest, after.orElseThrow()) + 1
                          : place(rest, before.orElseThrow());
                  return rest.insert(at, member);
                }));
  }

  private static int place(Element group, String member) {
    for (int i = 0; i < group.nodes().size(); i++) {
      if (group.nodes().get(i) instanceof Element e && e.id().equals(member)) {
        return i;
      }
    }
    return -1;
  }

  /** The index behind the last member. */
  static int end(Element group) {
    List<Element> members = Resources.inside(group);
    return members.isEmpty() ? 0 : group.indexOf(members.getLast()) + 1;
  }
}
