package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's literals, which give the values of Ansible's INI form their types: {@code 5} is a
 * number, {@code True} a boolean, {@code ['a', 'b']} a list; what is none of them is a text as it
 * stands ({@code true}, {@code 0644}, {@code 10.0.0.1}). Sets, bytes and complex numbers have no
 * place in a configuration and stay texts too.
 */
final class PythonLiteral {
  private static final int MAX_DEPTH = 50;

  /** A number with more digits is a text. */
  private static final int LONGEST = 400;

  private static final Pattern INTEGER =
      Pattern.compile(
          "0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?:[0-9](?:_?[0-9])*)?\\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9]{1,3})?"
              + "|[0-9](?:_?[0-9])*(?:\\.(?:[eE][-+]?[0-9]{1,3})?|[eE][-+]?[0-9]{1,3})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\f]*(?:#.*)?", Pattern.DOTALL);

  private final String text;
  private final Place place;
  private final boolean json;
  private int at;

  private PythonLiteral(String text, Place place, boolean json) {
    this.text = text;
    this.place = place;
    this.json = json;
  }

  /** The literal, or empty when the text is none. */
  static Optional<Node> parse(String text, Place place) {
    return new PythonLiteral(text, place, false).whole();
  }

  /** Whether it would be one if Python wrote {@code true}, {@code false} and {@code null}. */
  static boolean isJson(String text, Place place) {
    return (text.startsWith("[") || text.startsWith("{"))
        && new PythonLiteral(text, place, true).whole().isPresent();
  }

  private Optional<Node> whole() {
    try {
      Node first = value(0);
      if (peek() == ',') { // 1, 2 is a tuple without parentheses
        first = new Node.Sequence(rest(first, (char) 0, 0), place);
      }
      return at == text.length() ? Optional.of(first) : Optional.empty();
    } catch (NoLiteral e) {
      return Optional.empty();
    }
  }

  /** What comes next after blanks; 0 at the end. */
  private char peek() {
    Matcher blanks = BLANKS.matcher(text).region(at, text.length());
    at = blanks.lookingAt() ? blanks.end() : at;
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean skip(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private Node value(int depth) {
    if (depth > MAX_DEPTH) {
      throw new NoLiteral();
    }
    char c = peek();
    Place here = place.right(at);
    return switch (c) {
      case '[' -> {
        at++;
        yield new Node.Sequence(skip(']') ? List.of() : list(']', depth), here);
      }
      case '(' -> tuple(here, depth);
      case '{' -> mapping(here, depth);
      case '"', '\'' -> text(here);
      default -> NAME.matcher(text).region(at, text.length()).lookingAt() ? name(here) : number();
    };
  }

  private List<Node> list(char end, int depth) {
    return rest(value(depth + 1), end, depth);
  }

  /** The items after the first, up to a bracket or, where that is 0, the end of the text. */
  private List<Node> rest(Node first, char end, int depth) {
    var items = new ArrayList<Node>(List.of(first));
    while (skip(',')) {
      if (peek() == end) {
        break;
      }
      items.add(value(depth + 1));
    }
    if (end != 0 && !skip(end)) {
      throw new NoLiteral();
    }
    return List.copyOf(items);
  }

  private Node tuple(Place here, int depth) {
    at++;
    if (skip(')')) {
      return new Node.Sequence(List.of(), here);
    }
    Node first = value(depth + 1);
    return skip(')') ? first : new Node.Sequence(rest(first, ')', depth), here);
  }

  private Node mapping(Place here, int depth) {
    at++;
    var entries = new LinkedHashMap<String, Node.Entry>();
    while (!skip('}')) {
      if (!(value(depth + 1) instanceof Node.Scalar key) || !skip(':')) {
        throw new NoLiteral();
      }
      entries.put(key.text(), new Node.Entry(key, value(depth + 1)));
      if (!skip(',') && peek() != '}') {
        throw new NoLiteral();
      }
    }
    return new Node.Mapping(List.copyOf(entries.values()), here);
  }

  private Node.Scalar name(Place here) {
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (!name.lookingAt()) {
      throw new NoLiteral();
    }
    at = name.end();
    return switch (name.group()) {
      case "True" -> new Node.Scalar("true", Node.Kind.BOOLEAN, true, "", here);
      case "False" -> new Node.Scalar("false", Node.Kind.BOOLEAN, true, "", here);
      case "None" -> new Node.Scalar("null", Node.Kind.NULL, true, "", here);
      case "true", "false", "null" -> {
        if (!json) {
          throw new NoLiteral();
        }
        yield new Node.Scalar(name.group(), Node.Kind.BOOLEAN, true, "", here);
      }
      default -> throw new NoLiteral();
    };
  }

  private Node.Scalar number() {
    Place here = place.right(at);
    boolean minus = false;
    char sign = peek();
    while (sign == '-' || sign == '+') {
      minus ^= sign == '-';
      at++;
      sign = peek();
    }
    int end = Math.min(at + LONGEST, text.length());
    Matcher decimal = DECIMAL.matcher(text).region(at, end);
    Matcher integer = INTEGER.matcher(text).region(at, end);
    boolean whole = !decimal.lookingAt();
    if (whole && !integer.lookingAt()) {
      throw new NoLiteral();
    }
    at = whole ? integer.end() : decimal.end();
    if (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      throw new NoLiteral(); // 0644 and 1j are none
    }
    String digits = (whole ? integer : decimal).group().replace("_", "");
    String plain = whole ? integer(digits) : new BigDecimal(digits).toPlainString();
    return new Node.Scalar(
        (minus ? "-" : "") + plain, whole ? Node.Kind.INTEGER : Node.Kind.DECIMAL, true, "", here);
  }

  private static String integer(String digits) {
    String lower = digits.toLowerCase(Locale.ROOT);
    int radix =
        lower.startsWith("0x") ? 16 : lower.startsWith("0o") ? 8 : lower.startsWith("0b") ? 2 : 10;
    return new BigInteger(radix == 10 ? lower : lower.substring(2), radix).toString();
  }

  /** Texts that stand beside each other are one. */
  private Node.Scalar text(Place here) {
    var all = new StringBuilder();
    for (char c = peek(); c == '"' || c == '\''; c = peek()) {
      all.append(PythonText.read(text, at, NoLiteral::new));
      at = PythonText.end(text, at, NoLiteral::new);
    }
    return new Node.Scalar(all.toString(), Node.Kind.TEXT, false, "", here);
  }

  /** Ends the reading: it is a text as it stands. */
  static final class NoLiteral extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoLiteral() {
      super(null, null, false, false);
    }
  }
}
