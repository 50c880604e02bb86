package dev.hactl.modules.cib;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which program runs a resource.
 *
 * @param standard {@code ocf systemd lsb service stonith upstart nagios}
 * @param provider of an OCF agent, otherwise empty
 * @param type the agent's own name
 */
public record Agent(String standard, String provider, String type) {
  private static final Set<String> STANDARDS =
      Set.of("systemd", "lsb", "service", "stonith", "upstart", "nagios", "heartbeat");

  /** Reads {@code ocf:heartbeat:IPaddr2}, {@code systemd:nginx}; empty when it is no such name. */
  public static Optional<Agent> parse(String text) {
    String[] parts = text.split(":", 2);
    String standard = parts[0].toLowerCase(Locale.ROOT);
    if (parts.length < 2 || parts[1].isEmpty()) {
      return Optional.empty();
    }
    if (standard.equals("ocf")) {
      int colon = parts[1].indexOf(':');
      boolean both = colon > 0 && colon < parts[1].length() - 1;
      return both
          ? Optional.of(
              new Agent("ocf", parts[1].substring(0, colon), parts[1].substring(colon + 1)))
          : Optional.empty();
    }
    return STANDARDS.contains(standard)
        ? Optional.of(new Agent(standard, "", parts[1]))
        : Optional.empty();
  }

  static Agent of(Element primitive) {
    return new Agent(
        primitive.attribute("class", ""),
        primitive.attribute("provider", ""),
        primitive.attribute("type", ""));
  }

  /** An empty primitive that this agent runs, attributes in the order of pcs. */
  Element primitive(String id) {
    Element primitive = Element.of("primitive", "id", id, "class", standard, "type", type);
    return provider.isEmpty() ? primitive : primitive.with("provider", provider);
  }

  /** The primitive, run by this agent. */
  Element on(Element primitive) {
    Element next = primitive.with("class", standard).with("type", type);
    return provider.isEmpty() ? next.without("provider") : next.with("provider", provider);
  }

  @Override
  public String toString() {
    return standard + (provider.isEmpty() ? "" : ":" + provider) + ":" + type;
  }
}
