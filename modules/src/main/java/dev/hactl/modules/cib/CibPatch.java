package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference between two configurations in the language of {@code cibadmin --patch} (a patchset
 * of format 2, known since Pacemaker 1.1.13). The status is no part of it.
 *
 * <p>The version in its head is what makes it safe: the cluster applies it only to the very
 * configuration it was made for. The target is one epoch later and no change of the {@code cib}
 * element itself is written: with one, Pacemaker would count the epoch a second time.
 *
 * @param source the version it was made for
 * @param changes removed first, then changed in place, then made and moved; Pacemaker sorts the
 *     last ones by position
 */
public record CibPatch(CibVersion source, List<Element> changes) {

  /** Copies the list. */
  public CibPatch {
    changes = List.copyOf(changes);
  }

  /** What turns one configuration into the other. */
  public static CibPatch between(Cib before, Cib after) {
    var builder = new Builder();
    builder.compare("/cib/configuration", before.configuration(), after.configuration());
    return new CibPatch(before.version(), builder.all());
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** The document, its second and third line of the versions from and to which it leads. */
  public String text() {
    Element version =
        Element.of("version")
            .add(versioned("source", source))
            .add(versioned("target", source.next()));
    var nodes = new ArrayList<Element>();
    nodes.add(version);
    nodes.addAll(changes);
    return XmlWriter.write(Element.of("diff", "format", "2").holding(nodes));
  }

  private static Element versioned(String tag, CibVersion version) {
    return Element.of(
        tag,
        "admin_epoch",
        String.valueOf(version.adminEpoch()),
        "epoch",
        String.valueOf(version.epoch()),
        "num_updates",
        String.valueOf(version.updates()));
  }

  /** Collects the changes. */
  private static final class Builder {
    private final List<Element> removed = new ArrayList<>();
    private final List<Element> changed = new ArrayList<>();
    private final List<Element> placed = new ArrayList<>();

    List<Element> all() {
      var all = new ArrayList<>(removed);
      all.addAll(changed);
      all.addAll(placed);
      return all;
    }

    void compare(String path, Element before, Element after) {
      if (before.equals(after)) {
        return;
      }
      if (!before.attributes().equals(after.attributes())) {
        changed.add(modification(path, before, after));
      }
      if (before.nodes().equals(after.nodes())) {
        return;
      }
      Map<String, Element> old = byKey(before);
      Map<String, Element> now = byKey(after);
      for (var entry : new ArrayList<>(old.entrySet())) {
        String key = entry.getKey();
        Element child = entry.getValue();
        boolean stays = now.containsKey(key);
        if (!stays || (isAmbiguous(child) && !child.equals(now.get(key)))) {
          removed.add(Element.of("change", "operation", "delete", "path", path + "/" + key));
          old.remove(key);
        }
      }
      place(path, before, after, old);
      now.forEach((key, child) -> {
        Element was = old.get(key);
        if (was != null) {
          compare(path + "/" + key, was, child);
        }
      });
    }

    /** Puts new children in and old ones in order, from the first position to the last. */
    private void place(String path, Element before, Element after, Map<String, Element> old) {
      var current = new ArrayList<String>();
      for (XmlNode node : before.nodes()) {
        String key = key(node);
        if (!(node instanceof Element) || old.containsKey(key)) {
          current.add(key);
        }
      }
      for (int i = 0; i < after.nodes().size(); i++) {
        XmlNode node = after.nodes().get(i);
        String key = key(node);
        boolean inPlace = i < current.size() && current.get(i).equals(key);
        if (node instanceof Element element && !old.containsKey(key)) {
          placed.add(
              Element.of(
                      "change", "operation", "create", "path", path, "position", String.valueOf(i))
                  .add(element));
          current.add(i, key);
        } else if (node instanceof Element && !inPlace) {
          placed.add(
              Element.of(
                  "change",
                  "operation",
                  "move",
                  "path",
                  path + "/" + key,
                  "position",
                  String.valueOf(i)));
          current.remove(key);
          current.add(i, key);
        }
      }
    }

    private static Element modification(String path, Element before, Element after) {
      var list = new ArrayList<Element>();
      before.attributes().keySet().stream()
          .filter(name -> !after.has(name))
          .forEach(name -> list.add(Element.of("change-attr", "name", name, "operation", "unset")));
      after
          .attributes()
          .forEach((name, value) -> {
            if (!value.equals(before.attributes().get(name))) {
              list.add(Element.of("change-attr", "name", name, "operation", "set", "value", value));
            }
          });
      return Element.of("change", "operation", "modify", "path", path)
          .add(Element.of("change-list").holding(list))
          .add(Element.of("change-result").add(after.holding(List.of())));
    }

    /** Whether a path cannot tell some children apart; such an element is exchanged as a whole. */
    private static boolean isAmbiguous(Element parent) {
      return byKey(parent).size() < parent.children().size();
    }

    private static Map<String, Element> byKey(Element parent) {
      var map = new LinkedHashMap<String, Element>();
      parent.children().forEach(c -> map.put(key(c), c));
      return map;
    }

    /** How a path names a child among its siblings. */
    private static String key(XmlNode node) {
      return switch (node) {
        case Element e -> e.id().isEmpty() ? e.name() : e.name() + "[@id='" + e.id() + "']";
        case XmlNode.Comment c -> "comment()";
        case XmlNode.Text t -> "text()";
      };
    }
  }
}
