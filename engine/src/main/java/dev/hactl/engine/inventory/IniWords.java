package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.util.ArrayList;
import java.util.List;

/** Splits a host line into words with quotes and backslashes as a shell has them. */
final class IniWords {
  private final String line;
  private final Place start;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int at;

  private IniWords(String line, Place start) {
    this.line = line;
    this.start = start;
  }

  /**
   * A word without its quotes.
   *
   * @param equals where the first {@code =} outside of quotes stands in it, -1 for none
   * @param place where it begins
   * @param value where what is behind that {@code =} begins
   */
  record Word(String text, int equals, Place place, Place value) {}

  /**
   * The words of a line.
   *
   * @param start where the line begins
   * @throws SourceException when a quote is not closed, or a comment begins inside of a word
   */
  static List<Word> of(String line, Place start) {
    return new IniWords(line, start).split();
  }

  private List<Word> split() {
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '#') {
        break;
      }
      if (Character.isWhitespace(c)) {
        at++;
      } else {
        word();
      }
    }
    return words;
  }

  private void word() {
    Place begin = start.right(at);
    Place value = begin;
    int equals = -1;
    word.setLength(0);
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      char c = line.charAt(at);
      if (c == '\'' || c == '"') {
        quoted(c);
      } else if (c == '\\') {
        at++;
        append(begin, "a backslash stands at the end of the line");
      } else if (c == '#') {
        throw new SourceException(
            Problem.error(
                start.right(at),
                "'#' begins a comment here, in the middle of a word",
                "put the value in quotes, or a blank before the comment"));
      } else {
        if (c == '=' && equals < 0) {
          equals = word.length();
          value = start.right(at + 1);
        }
        append(begin, "");
      }
    }
    words.add(new Word(word.toString(), equals, begin, value));
  }

  /** Takes over one character. */
  private void append(Place begin, String missing) {
    if (at >= line.length()) {
      throw new SourceException(Problem.error(begin, missing));
    }
    word.append(line.charAt(at++));
  }

  private void quoted(char quote) {
    Place begin = start.right(at);
    at++;
    while (at < line.length() && line.charAt(at) != quote) {
      boolean escapes =
          quote == '"'
              && line.charAt(at) == '\\'
              && at + 1 < line.length()
              && "\"\\".indexOf(line.charAt(at + 1)) >= 0;
      at += escapes ? 1 : 0;
      word.append(line.charAt(at++));
    }
    if (at >= line.length()) {
      throw new SourceException(
          Problem.error(begin, "the quote that begins here is not closed in its line"));
    }
    at++;
  }
}
