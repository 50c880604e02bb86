package dev.hactl.engine.template.jinja;

import dev.hactl.engine.template.jinja.Piece.Kind;
import dev.hactl.engine.template.jinja.Piece.Strength;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names, functions and methods of Python's values. */
final class JinjaCalls {
  private static final Pattern PASSWORD =
      Pattern.compile("(\\S+)(?:\\s+length=([0-9]+))?(?:\\s+chars=\\S+)?");

  private JinjaCalls() {}

  static Piece name(String name) {
    return switch (name) {
      case "True", "False", "true", "false" -> Piece.tight(name.toLowerCase(Locale.ROOT)).bool();
      case "None", "none", "null" -> new Piece(name, Strength.TIGHT, Kind.NONE, "");
      case "and", "or", "not", "in", "is", "if", "else" -> throw new Untranslatable(name);
      default -> Piece.tight(name);
    };
  }

  static Piece function(String name, Arguments arguments) {
    return switch (name) {
      case "lookup", "query", "q" -> lookup(arguments);
      case "range" -> range(arguments.only(2));
      case "now" -> Piece.tight(".now");
      default -> throw new Untranslatable(name);
    };
  }

  private static Piece range(Arguments a) {
    String from = a.count() == 2 ? a.get(0).in(Strength.ADD) : "0";
    Piece to = a.get(a.count() == 2 ? 1 : 0);
    return Piece.of(from + "..<" + to.in(Strength.ADD), Strength.RANGE);
  }

  private static Piece lookup(Arguments a) {
    String plugin = a.get(0).string().orElseThrow(() -> new Untranslatable("which lookup"));
    String name = plugin.substring(plugin.lastIndexOf('.') + 1);
    Arguments rest = a.after(1).only(1, "default", "errors");
    Piece found =
        switch (name) {
          case "file", "unvault" -> Piece.tight("file(" + rest.get(0).argument() + ")");
          case "env", "template", "fileglob", "first_found" ->
              Piece.tight(name + "(" + rest.get(0).argument() + ")");
          case "password" -> password(rest.get(0));
          case "vars" -> Piece.tight(variable(rest.get(0)));
          default -> throw new Untranslatable(name);
        };
    Piece otherwise = a.named().get("default");
    return otherwise == null
        ? found
        : Piece.of(found.text() + "!" + otherwise.in(Strength.TIGHT), Strength.DEFAULT);
  }

  private static Piece password(Piece terms) {
    Matcher m = PASSWORD.matcher(terms.string().orElseThrow(() -> new Untranslatable("terms")));
    if (!m.matches() || terms.text().contains("chars=")) {
      throw new Untranslatable("terms of a password");
    }
    String length = m.group(2) == null ? "" : ", " + m.group(2);
    return Piece.tight("password(" + Piece.string(m.group(1)).text() + length + ")");
  }

  private static String variable(Piece name) {
    return name.string()
        .filter(n -> n.matches("[A-Za-z_]\\w*"))
        .orElseGet(() -> ".vars[" + name.argument() + "]");
  }

  static Piece method(String name, Piece value, Arguments a) {
    return switch (name) {
      case "split" -> JinjaFilters.apply("split", value, a);
      case "strip" -> JinjaFilters.apply("trim", value, a.only(0));
      case "lower", "upper", "replace", "union", "intersection", "difference" ->
          JinjaFilters.apply(name.equals("intersection") ? "intersect" : name, value, a);
      case "startswith" -> value.then("?starts_with(" + a.only(1).get(0).argument() + ")").bool();
      case "endswith" -> value.then("?ends_with(" + a.only(1).get(0).argument() + ")").bool();
      case "join" -> a.only(1).get(0).then("?join(" + value.argument() + ")");
      case "splitlines" -> value.then("?split('\\n')");
      case "keys" -> value.then("?keys");
      case "values" -> value.then("?values");
      case "items" -> Piece.tight("dict2items(" + value.argument() + ")");
      case "get" -> get(value, a.only(2));
      default -> throw new Untranslatable(name);
    };
  }

  private static Piece get(Piece value, Arguments a) {
    String otherwise = a.count() == 2 ? a.get(1).in(Strength.TIGHT) : "omit";
    return Piece.of(
        "(" + JinjaPostfix.at(value, a.get(0)).text() + ")!" + otherwise, Strength.DEFAULT);
  }
}
