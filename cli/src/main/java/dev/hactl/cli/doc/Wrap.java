package dev.hactl.cli.doc;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines. */
final class Wrap {
  /** Narrower than this nothing is broken: a column of single words reads worse. */
  private static final int LEAST = 30;

  private Wrap() {}

  /**
   * Lines of at most {@code width} columns.
   *
   * @param first what the first line begins with
   * @param rest what the others begin with
   */
  static List<String> text(String first, String rest, String text, int width) {
    var lines = new ArrayList<String>();
    for (String paragraph : text.strip().split("\n", -1)) {
      var line = new StringBuilder(lines.isEmpty() ? first : rest);
      int begin = line.length();
      for (String word : paragraph.strip().split(" +")) {
        boolean full = line.length() + 1 + word.length() > Math.max(width, begin + LEAST);
        if (line.length() > begin && full) {
          lines.add(line.toString().stripTrailing());
          line = new StringBuilder(rest);
          begin = line.length();
        }
        line.append(line.length() > begin ? " " : "").append(word);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Names with a text each, the texts below each other. */
  static List<String> table(List<Row> rows, int width) {
    int column = rows.stream().mapToInt(r -> r.name().length()).max().orElse(0) + 2;
    return rows.stream()
        .flatMap(r ->
            text(
                r.name() + " ".repeat(column - r.name().length()),
                " ".repeat(column),
                r.text(),
                width)
                .stream())
        .toList();
  }

  /** A line of a table. */
  record Row(String name, String text) {}
}
