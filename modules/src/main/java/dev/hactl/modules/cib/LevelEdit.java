package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device belongs to a level of fencing of a node. Other devices of the level stay.
 *
 * @param device the id of a stonith resource
 * @param target the node's name
 * @param level 1 is tried first
 */
public record LevelEdit(String device, String target, long level) implements CibEdit {
  private static final String SECTION = "fencing-topology";

  @Override
  public Edited on(Cib cib) {
    if (Resources.of(cib).find(device).isEmpty()) {
      return new Edited.Missing(device, "the resource '" + device + "' is not configured");
    }
    Element section = cib.section(SECTION);
    Optional<Element> there =
        section.children("fencing-level").stream()
            .filter(l -> l.attribute("target", "").equals(target))
            .filter(l -> l.attribute("index", "").equals(String.valueOf(level)))
            .findFirst();
    if (there.isEmpty()) {
      return new Edited.Done(cib.with(section.add(made(cib))));
    }
    var devices = new ArrayList<>(List.of(there.get().attribute("devices", "").split(",", -1)));
    if (devices.contains(device)) {
      return new Edited.Done(cib);
    }
    devices.add(device);
    return new Edited.Done(
        cib.with(
            section.replace(there.get(), there.get().with("devices", String.join(",", devices)))));
  }

  private Element made(Cib cib) {
    return Element.of(
        "fencing-level",
        "index",
        String.valueOf(level),
        "devices",
        device,
        "target",
        target,
        "id",
        Ids.in(cib).fresh("fl", target, String.valueOf(level)));
  }
}
