package dev.hactl.modules.storage;

import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.List;

/** exports(5): one directory a line, which a backslash continues; other lines keep their bytes. */
final class Exports {
  private Exports() {}

  /**
   * Lines that belong together.
   *
   * @param from the first
   * @param to the one after the last
   * @param path the directory; empty for comments
   */
  private record Span(int from, int to, String path) {}

  private static List<Span> spans(List<String> lines) {
    var spans = new ArrayList<Span>();
    int at = 0;
    while (at < lines.size()) {
      int end = at;
      while (end < lines.size() - 1 && lines.get(end).endsWith("\\")) {
        end++;
      }
      spans.add(new Span(at, end + 1, path(lines.get(at))));
      at = end + 1;
    }
    return spans;
  }

  private static String path(String line) {
    String text = Lines.show(line).strip();
    if (text.startsWith("\"")) {
      int end = text.indexOf('"', 1);
      return plain(MountEntry.unescaped(end < 0 ? "" : text.substring(1, end)));
    }
    return text.startsWith("#") || text.isEmpty()
        ? ""
        : plain(MountEntry.unescaped(text.split("\\s+", 2)[0]));
  }

  private static String plain(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Whether a line is about a directory. */
  static boolean names(Lines file, String path) {
    return spans(file.lines()).stream().anyMatch(s -> s.path().equals(path));
  }

  /** The line of an export. */
  static String line(String path, List<ExportClient> clients) {
    var words = new ArrayList<String>();
    words.add(MountEntry.escaped(path).replace("#", "\\043"));
    clients.forEach(c -> words.add(c.show()));
    return Lines.line(String.join(" ", words));
  }

  /** The file with this line in the place of what stood there about the directory. */
  static Lines with(Lines file, String path, String line) {
    List<Span> spans = spans(file.lines());
    var out = new ArrayList<String>();
    boolean written = false;
    for (Span span : spans) {
      if (!span.path().equals(path)) {
        out.addAll(file.lines().subList(span.from(), span.to()));
      } else if (!written) {
        out.add(line);
        written = true;
      }
    }
    if (!written) {
      out.add(line);
    }
    return new Lines(out);
  }

  /** The file without what stood there about the directory. */
  static Lines without(Lines file, String path) {
    var out = new ArrayList<String>();
    spans(file.lines()).stream()
        .filter(s -> !s.path().equals(path))
        .forEach(s -> out.addAll(file.lines().subList(s.from(), s.to())));
    return new Lines(out);
  }
}
