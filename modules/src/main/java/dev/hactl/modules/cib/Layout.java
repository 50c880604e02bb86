package dev.hactl.modules.cib;

import java.util.List;

/** Where pcs puts new parts of a resource. */
final class Layout {
  private static final List<String> ORDER =
      List.of("instance_attributes", "meta_attributes", "operations", "utilization");

  private Layout() {}

  /** The index at which a new part of a kind belongs: before the first part of a later kind. */
  static int place(Element holder, String tag) {
    int rank = ORDER.indexOf(tag);
    List<XmlNode> nodes = holder.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Element e && ORDER.indexOf(e.name()) > rank) {
        return i;
      }
    }
    return nodes.size();
  }
}
