package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Properties of the cluster. Others stay as they are.
 *
 * @param wanted an empty value removes a property
 */
public record PropertyEdit(List<Setting> wanted) implements CibEdit {
  private static final String SET = "cib-bootstrap-options";

  /** Copies the list. */
  public PropertyEdit {
    wanted = List.copyOf(wanted);
  }

  @Override
  public Edited on(Cib cib) {
    Element section = cib.section("crm_config");
    Optional<Element> there = main(section);
    List<Setting> known =
        wanted.stream().map(s -> new Setting(Meaning.name(s.name()), s.value())).toList();
    if (there.isEmpty() && known.stream().allMatch(Setting::isGone)) {
      return new Edited.Done(cib);
    }
    var settings = new Settings(Ids.in(cib));
    Element set = there.orElseGet(() -> Element.of("cluster_property_set", "id", SET));
    Element next = settings.settle(set, known, name -> true);
    return new Edited.Done(
        cib.with(there.isPresent() ? section.replace(set, next) : section.insert(0, next)));
  }

  private static Optional<Element> main(Element section) {
    List<Element> sets =
        section.children("cluster_property_set").stream()
            .filter(s -> Settings.holdsAlways(s) && !s.id().equals(Ownership.SET))
            .toList();
    return sets.stream()
        .filter(s -> s.id().equals(SET))
        .findFirst()
        .or(() -> sets.stream().findFirst());
  }

  @Override
  public Set<String> secrets() {
    return PrimitiveEdit.secretsOf(wanted.stream());
  }
}
