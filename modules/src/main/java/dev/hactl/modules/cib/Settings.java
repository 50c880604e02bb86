package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Name-value sets: {@code instance_attributes}, {@code meta_attributes}, cluster properties. Edits
 * go to the first set that holds for everything; sets with rules of their own and references stay
 * as they are.
 */
final class Settings {
  private final Ids ids;

  Settings(Ids ids) {
    this.ids = ids;
  }

  /** The set that edits go to. */
  static Optional<Element> main(Element holder, String tag) {
    return holder.children(tag).stream().filter(Settings::holdsAlways).findFirst();
  }

  static boolean holdsAlways(Element set) {
    return !set.has("id-ref") && set.child("rule").isEmpty();
  }

  /** The pair of a name, whatever spelling of it. */
  static Optional<Element> pair(Element set, String name) {
    String wanted = Meaning.name(name);
    return set.children("nvpair").stream()
        .filter(p -> Meaning.name(p.attribute("name", "")).equals(wanted))
        .findFirst();
  }

  /**
   * A resource (or another holder) whose set holds what is wanted.
   *
   * @param others which further names stay; everything else in that set goes
   */
  Element in(Element holder, String tag, List<Setting> wanted, Predicate<String> others) {
    Optional<Element> there = main(holder, tag);
    if (there.isPresent()) {
      Element set = there.get();
      Element next = settle(set, wanted, others);
      boolean emptied = !next.equals(set) && next.nodes().isEmpty();
      return emptied ? holder.remove(set) : holder.replace(set, next);
    }
    if (wanted.stream().allMatch(Setting::isGone)) {
      return holder;
    }
    Element set = Element.of(tag, "id", ids.fresh(holder.id(), tag));
    return holder.insert(Layout.place(holder, tag), settle(set, wanted, others));
  }

  /** A set that holds what is wanted. */
  Element settle(Element set, List<Setting> wanted, Predicate<String> others) {
    Element next = set;
    for (Element pair : set.children("nvpair")) {
      String name = Meaning.name(pair.attribute("name", ""));
      boolean named =
          wanted.stream().anyMatch(s -> !s.isGone() && Meaning.name(s.name()).equals(name));
      boolean removed =
          wanted.stream().anyMatch(s -> s.isGone() && Meaning.name(s.name()).equals(name));
      if (removed || (!named && !name.isEmpty() && !others.test(name))) {
        next = next.remove(pair);
      }
    }
    for (Setting setting : wanted) {
      if (!setting.isGone()) {
        next = put(next, setting);
      }
    }
    return next;
  }

  private Element put(Element set, Setting setting) {
    Optional<Element> there = pair(set, setting.name());
    if (there.isEmpty()) {
      return set.add(
          Element.of(
              "nvpair",
              "id",
              ids.fresh(set.id(), setting.name()),
              "name",
              setting.name(),
              "value",
              setting.text()));
    }
    Element pair = there.get();
    return Meaning.same(setting.name(), pair.attribute("value", ""), setting.text())
        ? set
        : set.replace(pair, pair.with("value", setting.text()));
  }
}
