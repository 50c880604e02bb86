package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in the user's file what is counted in lines and columns of a text. YAML takes quotes,
 * indentation and folded line ends away, so the line of the text is looked for near its place.
 */
final class Spot {
  /** How many lines of the file a folded text is followed. */
  private static final int FOLDED = 100;

  private static final Pattern WORD = Pattern.compile("\\w+");

  private Spot() {}

  /**
   * The place of a character.
   *
   * @param place where the text begins in the file
   * @param text the text without quotes and indentation
   * @param line in the text, from 1
   * @param column in that line, from 1
   * @return where the text begins when the character cannot be found
   */
  static Place of(Place place, String text, int line, int column) {
    List<String> lines = text.lines().toList();
    if (place.line() == 0 || line < 1 || line > lines.size() || column < 1) {
      return place;
    }
    String wanted = lines.get(line - 1);
    // A plain or quoted text begins at its place; that of '|' one line below.
    for (int row = place.line() + line - 1; row <= place.line() + line; row++) {
      int from = row == place.line() ? place.column() - 1 : 0;
      int at = wanted.isBlank() ? -1 : place.file().line(row).indexOf(wanted, from);
      if (at >= 0) {
        // What is missing at the end is pointed at just behind it.
        int last = place.file().line(row).length() + 1;
        return place.file().at(row, Math.min(at + column, last));
      }
    }
    return place.file().line(place.line()).startsWith(">", place.column() - 1)
        ? folded(place, wanted, column)
        : place;
  }

  private static Place folded(Place place, String wanted, int column) {
    Matcher word = WORD.matcher(wanted);
    if (!word.find(Math.min(column - 1, wanted.length()))) {
      return place;
    }
    Pattern whole = Pattern.compile("\\b" + Pattern.quote(word.group()) + "\\b");
    for (int row = place.line() + 1; row <= place.line() + FOLDED; row++) {
      Matcher found = whole.matcher(place.file().line(row));
      if (found.find()) {
        return place.file().at(row, found.start() + 1);
      }
    }
    return place;
  }
}
