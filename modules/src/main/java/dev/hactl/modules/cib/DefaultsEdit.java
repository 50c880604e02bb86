package dev.hactl.modules.cib;

import java.util.List;
import java.util.Optional;

/**
 * Values that all resources, or all their actions, have unless they say otherwise. Others stay.
 *
 * @param kind of what
 * @param wanted an empty value removes a default
 */
public record DefaultsEdit(Kind kind, List<Setting> wanted) implements CibEdit {

  /** Copies the list. */
  public DefaultsEdit {
    wanted = List.copyOf(wanted);
  }

  /** What the defaults are for. */
  public enum Kind {
    RESOURCES("rsc_defaults"),
    OPERATIONS("op_defaults");

    private final String section;

    Kind(String section) {
      this.section = section;
    }
  }

  @Override
  public Edited on(Cib cib) {
    Element section = cib.section(kind.section);
    Optional<Element> there = Settings.main(section, "meta_attributes");
    var ids = Ids.in(cib);
    var settings = new Settings(ids);
    if (there.isPresent()) {
      Element next = settings.settle(there.get(), wanted, name -> true);
      return new Edited.Done(cib.with(section.replace(there.get(), next)));
    }
    if (wanted.stream().allMatch(Setting::isGone)) {
      return new Edited.Done(cib);
    }
    Element set = Element.of("meta_attributes", "id", ids.fresh(kind.section, "meta_attributes"));
    return new Edited.Done(cib.with(section.add(settings.settle(set, wanted, name -> true))));
  }
}
