package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies a patch the way Pacemaker's {@code xml_apply_patchset} was seen to: removals and changes
 * of attributes in their order, then everything that has a position, sorted by it. {@link
 * CibToolsIT} holds the real tool against it.
 */
final class PatchModel {
  private static final Pattern STEP = Pattern.compile("(\\w[\\w-]*)(?:\\[@id='([^']*)'\\])?");
  private final Mutable root;

  private PatchModel(Mutable root) {
    this.root = root;
  }

  static Cib apply(Cib cib, CibPatch patch) {
    var model = new PatchModel(Mutable.of(cib.root()));
    List<Element> changes = XmlReader.read(patch.text()).children("change");
    changes.forEach(model::first);
    changes.stream()
        .filter(c -> c.has("position"))
        .sorted(Comparator.comparingInt(c -> Integer.parseInt(c.attribute("position", ""))))
        .forEach(model::second);
    return new Cib((Element) model.root.frozen(), cib.status());
  }

  private void first(Element change) {
    Mutable at = find(change.attribute("path", ""));
    switch (change.attribute("operation", "")) {
      case "delete" -> at.parent.nodes.remove(at);
      case "modify" -> {
        Element result = change.child("change-result").orElseThrow().children().getFirst();
        at.element = new Element(at.element.name(), result.attributes(), List.of());
      }
      default -> {}
    }
  }

  private void second(Element change) {
    int position = Integer.parseInt(change.attribute("position", ""));
    Mutable at = find(change.attribute("path", ""));
    if (change.attribute("operation", "").equals("create")) {
      Mutable child = Mutable.of(change.children().getFirst());
      child.parent = at;
      if (position > at.nodes.size()) {
        throw new AssertionError("position " + position + " of " + change);
      }
      at.nodes.add(position, child);
      return;
    }
    Mutable parent = at.parent;
    parent.nodes.remove(at);
    parent.nodes.add(position, at);
  }

  private Mutable find(String path) {
    Mutable at = root;
    String[] steps = path.split("/", -1);
    for (int i = 2; i < steps.length; i++) {
      Matcher m = STEP.matcher(steps[i]);
      if (!m.matches()) {
        throw new AssertionError(path);
      }
      Mutable here = at;
      at =
          here.nodes.stream()
              .filter(n -> n.other == null && n.element.name().equals(m.group(1)))
              .filter(n -> m.group(2) == null || n.element.id().equals(m.group(2)))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no " + path));
    }
    return at;
  }

  private static final class Mutable {
    private Element element;
    private XmlNode other;
    private Mutable parent;
    private final List<Mutable> nodes = new ArrayList<>();

    static Mutable of(XmlNode node) {
      var made = new Mutable();
      if (node instanceof Element e) {
        made.element = e;
        e.nodes()
            .forEach(n -> {
              Mutable child = of(n);
              child.parent = made;
              made.nodes.add(child);
            });
      } else {
        made.other = node;
      }
      return made;
    }

    XmlNode frozen() {
      return other != null ? other : element.holding(nodes.stream().map(Mutable::frozen).toList());
    }
  }
}
