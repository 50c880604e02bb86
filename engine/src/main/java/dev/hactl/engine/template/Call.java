package dev.hactl.engine.template;

import java.util.ArrayList;
import java.util.List;

/**
 * A call as it stands in a text.
 *
 * @param offset where the name stands
 * @param arguments where each argument begins and ends
 */
record Call(String name, int offset, List<Span> arguments) {

  /** A piece of the text. */
  record Span(int from, int to) {}

  /**
   * Reads the arguments of a call.
   *
   * @param open where the bracket opens
   */
  static Call at(String text, String name, int offset, int open) {
    int close = Brackets.close(text, open, text.length());
    var arguments = new ArrayList<Span>();
    int from = open + 1;
    for (int i = open + 1; i <= close && i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ')';
      if (i < close && (c == '"' || c == '\'')) {
        i = Brackets.endOfString(text, i, close);
      } else if (i < close && (c == '(' || c == '[' || c == '{')) {
        i = Brackets.close(text, i, close);
      } else if (i == close || c == ',') {
        Span span = stripped(text, from, i);
        if (i < close || !arguments.isEmpty() || span.from() < span.to()) {
          arguments.add(span);
        }
        from = i + 1;
      }
    }
    return new Call(name, offset, List.copyOf(arguments));
  }

  private static Span stripped(String text, int from, int to) {
    int first = from;
    int last = to;
    while (first < last && Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    return new Span(first, last);
  }
}
