package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.modules.cib.Cib;
import dev.hactl.modules.cib.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The containers that Pacemaker starts and stops: by the agent ocf:heartbeat:docker, and as
 * bundles.
 *
 * @param all of them
 */
record ClusterContainers(List<Claim> all) {
  /** Copies the list. */
  ClusterContainers {
    all = List.copyOf(all);
  }

  /**
   * What a resource claims.
   *
   * @param resource its id
   * @param container the container's name; the beginning of it for a bundle
   * @param bundle whether a number follows the name
   * @param image what it is made of
   */
  record Claim(String resource, String container, boolean bundle, String image) {
    private boolean covers(String name) {
      return bundle
          ? name.startsWith(container) && name.substring(container.length()).matches("[0-9]+")
          : name.equals(container);
    }
  }

  /** Reads the configuration; there is none where the text is empty. */
  static ClusterContainers parse(String cib) {
    if (cib.isBlank()) {
      return new ClusterContainers(List.of());
    }
    Element resources = Cib.parse(cib).section("resources");
    var all = new ArrayList<Claim>();
    List<Element> elements = resources.all().toList();
    for (Element element : elements) {
      if (element.name().equals("primitive")) {
        Optional<Element> template =
            elements.stream()
                .filter(e -> e.name().equals("template"))
                .filter(e -> element.attribute("template").filter(e.id()::equals).isPresent())
                .findFirst();
        claims(element, template.orElse(element), all);
      } else if (element.name().equals("bundle")) {
        element
            .child("docker")
            .ifPresent(docker ->
                all.add(
                    new Claim(
                        element.id(),
                        element.id() + "-docker-",
                        true,
                        docker.attribute("image", ""))));
      }
    }
    return new ClusterContainers(all);
  }

  private static void claims(Element primitive, Element template, List<Claim> into) {
    if (!template.attribute("type", "").equals("docker")
        || !template.attribute("provider", "").equals("heartbeat")) {
      return;
    }
    String image = values(primitive, template, "image").stream().findFirst().orElse("");
    List<String> names = values(primitive, template, "name");
    // The agent's default: the container has the name of the resource.
    (names.isEmpty() ? List.of(primitive.id()) : names)
        .forEach(name -> into.add(new Claim(primitive.id(), name, false, image)));
  }

  /** The primitive's own values, which may differ by a rule; else those of its template. */
  private static List<String> values(Element primitive, Element template, String name) {
    List<String> own = primitive.parameters(name);
    return own.isEmpty() ? template.parameters(name) : own;
  }

  /** The resource whose container has this name. */
  Optional<Claim> container(String name) {
    return all.stream().filter(c -> c.covers(name)).findFirst();
  }

  /** The resource that starts containers from this image. */
  Optional<Claim> image(ImageName name) {
    return all.stream().filter(c -> same(c.image(), name)).findFirst();
  }

  private static boolean same(String written, ImageName name) {
    try {
      return ImageName.of(written).equals(name);
    } catch (BadValue e) {
      return false;
    }
  }
}
