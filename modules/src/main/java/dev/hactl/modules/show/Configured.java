package dev.hactl.modules.show;

import dev.hactl.modules.cib.Cib;
import dev.hactl.modules.cib.Element;
import java.util.List;

/**
 * What an operator wants to find again of the cluster's configuration.
 *
 * @param known whether the configuration could be read
 * @param virtualAddresses of IPaddr2 and IPaddr resources
 * @param bans ids of location constraints that a person or DRBD put there for a time
 */
public record Configured(boolean known, List<String> virtualAddresses, List<String> bans) {

  static Configured parse(String text) {
    if (text.isBlank()) {
      return new Configured(false, List.of(), List.of());
    }
    Cib cib = Cib.parse(text);
    return new Configured(
        true,
        cib.section("resources")
            .all()
            .filter(e -> e.name().equals("primitive"))
            .filter(e -> e.attribute("type", "").startsWith("IPaddr"))
            .flatMap(e -> e.parameters("ip").stream())
            .toList(),
        cib.section("constraints").children("rsc_location").stream()
            .map(Element::id)
            .filter(id -> id.startsWith("cli-") || id.startsWith("drbd-fence-by-handler-"))
            .toList());
  }
}
