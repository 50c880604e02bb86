package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A primitive or group runs on several nodes. On clusters before Pacemaker 2.0 a promotable one is
 * a {@code <master>}; one that is there already counts as what it is and keeps its shape.
 *
 * @param inner the primitive or group
 * @param id of the clone; pcs' name for it when not given
 * @param promotable whether its copies have two roles
 * @param meta attributes of the clone; left alone when not given
 */
public record CloneEdit(
    String inner, Optional<String> id, boolean promotable, Optional<List<Setting>> meta)
    implements CibEdit {

  @Override
  public Edited on(Cib cib) {
    Resources resources = Resources.of(cib);
    Optional<Element> parent = resources.parent(inner);
    if (parent.isEmpty()) {
      return new Edited.Missing(inner, "the resource '" + inner + "' is not configured");
    }
    Element content = resources.find(inner).orElseThrow();
    if (!content.name().equals("primitive") && !content.name().equals("group")) {
      return new Edited.Refused(
          "'"
              + inner
              + "' is a "
              + Resources.word(content)
              + "; only primitives and groups are cloned");
    }
    Element holder = parent.get();
    if (Resources.isClone(holder)) {
      return existing(cib, holder);
    }
    if (!holder.name().equals(Resources.SECTION)) {
      return new Edited.Refused(
          "'"
              + inner
              + "' is inside the "
              + Resources.word(holder)
              + " '"
              + holder.id()
              + "': only that can be cloned");
    }
    boolean master = promotable && !cib.vocabulary().promotableClones();
    String name = id.orElse(inner + (master ? "-master" : "-clone"));
    if (cib.ids().contains(name)) {
      return new Edited.Refused("the id '" + name + "' is taken");
    }
    Element clone = Element.of(master ? "master" : "clone", "id", name).add(content);
    Cib wrapped = resources.editParent(inner, section -> section.replace(content, clone));
    return new Edited.Done(settled(wrapped, clone));
  }

  private Edited existing(Cib cib, Element clone) {
    if (id.isPresent() && !id.get().equals(clone.id())) {
      return new Edited.Refused(
          "'"
              + inner
              + "' is cloned as '"
              + clone.id()
              + "'; a clone cannot be renamed while it is in use");
    }
    if (!promotable && clone.name().equals("master")) {
      return new Edited.Refused(
          "'" + clone.id() + "' is promotable; to make it a plain clone, remove it first");
    }
    return new Edited.Done(settled(cib, clone));
  }

  private Cib settled(Cib cib, Element clone) {
    boolean master = clone.name().equals("master");
    var wanted = new ArrayList<Setting>();
    meta.ifPresent(wanted::addAll);
    if (!master && promotable) {
      wanted.add(Setting.of("promotable", "true"));
    } else if (!master && isPromotable(clone)) {
      wanted.add(Setting.of("promotable", "")); // a plain clone is wanted
    }
    List<Setting> written =
        wanted.stream()
            .map(s -> new Setting(cib.vocabulary().cloneMeta(s.name()), s.value()))
            .toList();
    Element next =
        new Settings(Ids.in(cib))
            .in(
                clone,
                "meta_attributes",
                written,
                name -> meta.isEmpty() || OperatorState.isMeta(name));
    return next.equals(clone)
        ? cib
        : Resources.of(cib).edit(clone.id(), ignored -> inPcsOrder(next));
  }

  /** pcs writes the attributes of a clone behind what it holds. */
  private static Element inPcsOrder(Element clone) {
    Element content = Resources.inside(clone).getFirst();
    Optional<Element> set = Settings.main(clone, "meta_attributes");
    boolean fresh = set.isPresent() && clone.nodes().size() == 2;
    return fresh ? clone.holding(List.of(content, set.get())) : clone;
  }

  private static boolean isPromotable(Element clone) {
    return Settings.main(clone, "meta_attributes")
        .flatMap(set -> Settings.pair(set, "promotable"))
        .isPresent();
  }

  @Override
  public Set<OperatorState.Attribute> declares(Cib cib) {
    var all = new HashSet<OperatorState.Attribute>();
    Resources.of(cib)
        .parent(inner)
        .ifPresent(p -> all.addAll(PrimitiveEdit.declared(p.id(), meta.orElse(List.of()))));
    return all;
  }
}
