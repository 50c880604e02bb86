package dev.hactl.engine.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON text (RFC 8259) to {@link Node}s, for what a program prints. Texts are data: they are marked
 * as quoted. A key that stands twice is refused.
 */
public final class JsonReader {
  private static final int MAX_DEPTH = 100;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

  private final SourceFile shown;
  private final String text;
  private final Problems problems;
  private int at;
  private int line = 1;
  private int lineStart;

  private JsonReader(SourceFile shown, String text, Problems problems) {
    this.shown = shown;
    this.text = text;
    this.problems = problems;
  }

  /**
   * Reads one JSON value.
   *
   * @param shown what places name; its own text is what messages quote, so that one who must not
   *     show what was read gives it none
   * @param text what is read
   * @return empty when a problem was noted that ends the reading
   */
  public static Optional<Node> parse(SourceFile shown, String text, Problems problems) {
    return new JsonReader(shown, text, problems).document();
  }

  private Optional<Node> document() {
    try {
      Node value = value(0);
      blanks();
      if (at < text.length()) {
        throw wrong("something stands after the end of the value");
      }
      return Optional.of(value);
    } catch (SourceException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private Place here() {
    return shown.at(line, at - lineStart + 1);
  }

  private SourceException wrong(String what) {
    return new SourceException(Problem.error(here(), "not valid JSON: " + what));
  }

  /** What stands here, as far as it may be told: what is inside of quotes may be a secret. */
  private String found() {
    if (at >= text.length()) {
      return "the text ends";
    }
    char c = text.charAt(at);
    Matcher word = WORD.matcher(text).region(at, Math.min(text.length(), at + 20));
    return c == '"'
        ? "a text stands here"
        : word.lookingAt() ? "'" + word.group() + "' stands here" : "'" + c + "' stands here";
  }

  private void blanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        lineStart = at + 1;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
      at++;
    }
  }

  private char next() {
    blanks();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private Node value(int depth) {
    char c = next();
    if (depth > MAX_DEPTH) {
      throw wrong("nested deeper than " + MAX_DEPTH + " levels");
    }
    Place place = here();
    return switch (c) {
      case '{' -> object(place, depth);
      case '[' -> array(place, depth);
      case '"' -> new Node.Scalar(string(), Node.Kind.TEXT, false, "", place);
      default -> literal(place);
    };
  }

  private Node.Scalar literal(Place place) {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      at = number.end();
      boolean whole = number.group(1) == null && number.group(2) == null;
      return new Node.Scalar(
          number.group(), whole ? Node.Kind.INTEGER : Node.Kind.DECIMAL, true, "", place);
    }
    Matcher word = WORD.matcher(text).region(at, text.length());
    String name = word.lookingAt() ? word.group() : "";
    Node.Kind kind =
        switch (name) {
          case "true", "false" -> Node.Kind.BOOLEAN;
          case "null" -> Node.Kind.NULL;
          default -> throw wrong("a value is wanted, " + found());
        };
    at += name.length();
    return new Node.Scalar(name, kind, true, "", place);
  }

  private Node.Sequence array(Place place, int depth) {
    var items = new ArrayList<Node>();
    at++;
    if (next() == ']') {
      at++;
      return new Node.Sequence(List.of(), place);
    }
    while (true) {
      items.add(value(depth + 1));
      if (closes(']')) {
        return new Node.Sequence(List.copyOf(items), place);
      }
    }
  }

  private Node.Mapping object(Place place, int depth) {
    var entries = new LinkedHashMap<String, Node.Entry>();
    at++;
    if (next() == '}') {
      at++;
      return new Node.Mapping(List.of(), place);
    }
    while (true) {
      if (next() != '"') {
        throw wrong("a key in double quotes is wanted, " + found());
      }
      Place keyPlace = here();
      var key = new Node.Scalar(string(), Node.Kind.TEXT, false, "", keyPlace);
      if (next() != ':') {
        throw wrong("':' is wanted, " + found());
      }
      at++;
      Node.Entry earlier = entries.putIfAbsent(key.text(), new Node.Entry(key, value(depth + 1)));
      if (earlier != null) {
        problems.error(
            keyPlace,
            "the key '" + key.text() + "' stands twice in this mapping",
            "it stands first in line " + earlier.key().place().line() + "; keep one of them");
      }
      if (closes('}')) {
        return new Node.Mapping(List.copyOf(entries.values()), place);
      }
    }
  }

  /** Passes a comma, or the end of a list or mapping. */
  private boolean closes(char end) {
    char c = next();
    if (c != ',' && c != end) {
      throw wrong("',' or '" + end + "' is wanted, " + found());
    }
    at++;
    return c == end;
  }

  private String string() {
    var read = new StringBuilder();
    int begin = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c < ' ') {
        throw wrong("a text holds a control character or does not end in its line");
      }
      at++;
      read.append(c == '\\' ? escaped() : c);
    }
    if (at >= text.length()) {
      at = begin;
      throw wrong("the text that begins here is not closed");
    }
    at++;
    return read.toString();
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at) : 0;
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw wrong("there is no such escape after '\\'");
      }
    };
  }

  private char unicode() {
    int end = Math.min(at + 4, text.length());
    if (!text.substring(at, end).matches("[0-9a-fA-F]{4}")) {
      throw wrong("four hexadecimal digits are wanted after '\\u'");
    }
    char c = (char) Integer.parseInt(text, at, end, 16);
    at = end;
    return c;
  }
}
