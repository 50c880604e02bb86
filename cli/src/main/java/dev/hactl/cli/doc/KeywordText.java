package dev.hactl.cli.doc;

import dev.hactl.engine.model.Keyword;
import dev.hactl.engine.model.Keywords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keywords of playbooks described in the terminal. */
public final class KeywordText {
  private KeywordText() {}

  /** All of them. */
  public static List<String> list(int width) {
    return Wrap.table(
        Keywords.all().keySet().stream().map(k -> new Wrap.Row(k.name(), k.description())).toList(),
        width);
  }

  /** The keyword of a name; empty when there is none. */
  public static List<String> of(String name, int width) {
    var lines = new ArrayList<String>();
    for (Map.Entry<Keyword, List<Keywords.Level>> entry : Keywords.all().entrySet()) {
      Keyword keyword = entry.getKey();
      if (keyword.name().equals(name)) {
        lines.addAll(Wrap.text(name + ": ", "  ", keyword.description(), width));
        lines.add("");
        lines.add("Stands on: " + where(entry.getValue()) + ".");
        lines.addAll(Wrap.text("Takes: ", "  ", takes(keyword.shape()) + ".", width));
      }
    }
    return lines;
  }

  private static String where(List<Keywords.Level> levels) {
    return String.join(", ", levels.stream().map(Keywords.Level::word).toList());
  }

  private static String takes(Keyword.Shape shape) {
    return switch (shape) {
      case FLAG -> "true or false";
      case TEXT -> "a text, rendered per host";
      case NUMBER -> "a number, rendered per host";
      case NAME -> "the name of a variable";
      case CONDITIONS -> "an expression without ${}, or a list of them";
      case WORDS -> "a word, or a list of words";
      case LIST -> "a list, or a single name";
      case NAMED -> "a name, or a mapping that says more";
      case MAPPING -> "names and their values";
      case COLLECTION -> "a list, a mapping, or a text such as ${names}";
      case TASKS -> "a list of tasks";
      case DOCUMENT -> "the name of a document that modules edit together";
      case ANY -> "what its description says";
    };
  }
}
