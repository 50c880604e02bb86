package dev.hactl.cli.convert;

import dev.hactl.engine.source.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Leaves parts of a file in it as comments. */
final class Removal {
  private Removal() {}

  /** An entry of a mapping that is written in lines. */
  static void entry(YamlFile file, NodeTuple entry, String why, Draft draft) {
    int start = file.start(entry.getKeyNode());
    int end = file.lineEnd(file.tupleEnd(entry));
    String before = file.text().substring(file.lineStart(start), start);
    if (!before.isBlank()) {
      draft.refuse(file.place(entry.getKeyNode()), why + YamlFile.scalar(entry.getKeyNode()));
      return;
    }
    draft.replace(start, end, commented(file.text().substring(start, end), before.length(), why));
  }

  /** An item of a list that is written in lines, with the reasons above it. */
  static void item(YamlFile file, Node item, List<Problem> reasons, Draft draft) {
    int dash = file.text().lastIndexOf('-', file.start(item));
    int end = file.lineEnd(file.end(item));
    int margin = dash - file.lineStart(dash);
    String why =
        reasons.stream()
            .map(p ->
                "# not converted (line "
                    + p.place().line()
                    + "): "
                    + p.message().lines().collect(Collectors.joining(" "))
                    + "\n"
                    + " ".repeat(margin))
            .collect(Collectors.joining());
    draft.replace(dash, end, why + commented(file.text().substring(dash, end), margin, ""));
  }

  private static String commented(String text, int margin, String why) {
    String gap = " ".repeat(margin);
    List<String> lines = text.lines().toList();
    var out = new StringBuilder("# " + why + lines.getFirst()); // begins at the margin already
    for (String line : lines.subList(1, lines.size())) {
      String rest = line.startsWith(gap) ? line.substring(margin) : line.stripLeading();
      out.append('\n').append(gap).append(("# " + rest).stripTrailing());
    }
    return out.toString();
  }
}
