package dev.hactl.engine.template.jinja;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What may follow a value: attributes, items, slices, methods. */
final class JinjaPostfix {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private JinjaPostfix() {}

  static Piece of(
      Piece value,
      Tokens tokens,
      Function<String, Arguments> arguments,
      Supplier<Piece> expression) {
    Piece all = value;
    while (true) {
      if (tokens.took(".")) {
        Tokens.Token name = tokens.take();
        if (name.kind() == Tokens.Kind.NUMBER) {
          all = all.then("[" + name.text() + "]");
        } else if (name.kind() != Tokens.Kind.NAME) {
          throw new Untranslatable("a name is missing");
        } else if (tokens.took("(")) {
          all = JinjaCalls.method(name.text(), all, arguments.apply(")"));
        } else {
          all = all.then("." + name.text());
        }
      } else if (tokens.took("[")) {
        all = item(all, tokens, expression);
      } else {
        return all;
      }
    }
  }

  private static Piece item(Piece value, Tokens tokens, Supplier<Piece> expression) {
    if (tokens.took(":")) {
      // What is longer than the value ends with it, in Python and after a star.
      return value.then("[0..*" + end(tokens, expression) + "]");
    }
    Piece index = expression.get();
    if (tokens.took(":")) {
      return tokens.took("]")
          ? value.then("[" + index.text() + "..]")
          : value.then("[" + index.text() + "..*" + length(index, end(tokens, expression)) + "]");
    }
    tokens.want("]");
    return at(value, index);
  }

  /** One item of a list or a mapping. */
  static Piece at(Piece value, Piece index) {
    if (index.text().equals("-1")) {
      return value.then("?last");
    }
    if (index.text().startsWith("-")) {
      throw new Untranslatable("counted from the end");
    }
    return index
        .string()
        .filter(s -> NAME.matcher(s).matches())
        .map(s -> value.then("." + s))
        .orElseGet(() -> value.then("[" + index.argument() + "]"));
  }

  private static String length(Piece from, String end) {
    return from.text().matches("[0-9]{1,9}") && end.matches("[0-9]{1,9}")
        ? "" + Math.max(0, Long.parseLong(end) - Long.parseLong(from.text()))
        : "(" + end + " - " + from.in(Piece.Strength.MULTIPLY) + ")";
  }

  private static String end(Tokens tokens, Supplier<Piece> expression) {
    Piece end = expression.get();
    if (end.text().startsWith("-")) {
      throw new Untranslatable("counted from the end");
    }
    tokens.want("]");
    return end.in(Piece.Strength.ADD);
  }
}
