package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.template.function.BadCall;
import dev.hactl.engine.template.function.Lookups;
import dev.hactl.engine.template.function.Surroundings;
import dev.hactl.engine.value.Value;

/** What functions may know of the host that a text is rendered for. */
record HostSurroundings(Renderer renderer, Lookups lookups, Names names) implements Surroundings {
  @Override
  public String host() {
    return names.get("inventory_hostname").map(Value::show).orElse("");
  }

  @Override
  public Value template(String name) {
    if (!renderer.has(name)) {
      throw new BadCall(0, "the template '" + name + "' does not exist", renderer.places());
    }
    return renderer.renderFile(name, Place.of(name), names).text();
  }
}
