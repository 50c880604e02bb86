package dev.hactl.modules.cib;

/** Writes XML the way Pacemaker's own tools do: two blanks a level, one element a line. */
final class XmlWriter {
  private final StringBuilder out = new StringBuilder();

  /** The element and what is inside it, ending with a line end. */
  static String write(Element element) {
    return write(element, 0);
  }

  /** The same, indented by some levels. */
  static String write(Element element, int level) {
    var writer = new XmlWriter();
    writer.node(element, level);
    return writer.out.toString();
  }

  private void node(XmlNode node, int level) {
    out.repeat("  ", level);
    switch (node) {
      case Element e -> element(e, level);
      case XmlNode.Comment c -> out.append("<!--").append(c.text()).append("-->");
      case XmlNode.Text t -> escape(t.text());
    }
    out.append('\n');
  }

  private void element(Element element, int level) {
    out.append('<').append(element.name());
    element
        .attributes()
        .forEach((key, value) -> {
          out.append(' ').append(key).append("=\"");
          escape(value);
          out.append('"');
        });
    if (element.nodes().isEmpty()) {
      out.append("/>");
      return;
    }
    out.append(">\n");
    element.nodes().forEach(n -> node(n, level + 1));
    out.repeat("  ", level).append("</").append(element.name()).append('>');
  }

  /** No line of the result begins with anything but a blank or an angle bracket. */
  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\n' -> out.append("&#10;");
        case '\r' -> out.append("&#13;");
        case '\t' -> out.append("&#9;");
        default -> out.append(c);
      }
    }
  }
}
