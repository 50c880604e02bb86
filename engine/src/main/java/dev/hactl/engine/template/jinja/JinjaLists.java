package dev.hactl.engine.template.jinja;

import java.util.Optional;
import java.util.regex.Pattern;

/** Filters that look at every item of a list. */
final class JinjaLists {
  private JinjaLists() {}

  static Piece apply(String filter, Piece list, Arguments a) {
    Piece item = Piece.tight(free(list, a));
    String arrow = item.text() + " -> ";
    return switch (filter) {
      case "map" -> list.then("?map(" + arrow + mapped(item, a) + ")");
      case "select" -> list.then("?filter(" + arrow + tested(item, a).text() + ")");
      case "reject" -> list.then("?filter(" + arrow + JinjaTests.not(tested(item, a)).text() + ")");
      case "selectattr" -> list.then("?filter(" + arrow + attribute(item, a).text() + ")");
      case "rejectattr" ->
          list.then("?filter(" + arrow + JinjaTests.not(attribute(item, a)).text() + ")");
      default -> throw new Untranslatable(filter);
    };
  }

  /** A name that nothing in the expression has. */
  private static String free(Piece list, Arguments a) {
    var all = new StringBuilder(list.text());
    a.given().forEach(g -> all.append(' ').append(g.text()));
    for (String name : new String[] {"x", "y", "it"}) {
      if (!Pattern.compile("\\b" + name + "\\b").matcher(all).find()) {
        return name;
      }
    }
    throw new Untranslatable("no name is free");
  }

  private static String mapped(Piece item, Arguments a) {
    Optional<Piece> attribute = Optional.ofNullable(a.named().get("attribute"));
    if (attribute.isPresent()) {
      a.only(0, "attribute", "default");
      Piece member = member(item, attribute.get());
      Piece otherwise = a.named().get("default");
      return otherwise == null
          ? member.text()
          : "(" + member.text() + ")!" + otherwise.in(Piece.Strength.TIGHT);
    }
    String filter = a.get(0).string().orElseThrow(() -> new Untranslatable("which filter"));
    if (filter.equals("extract")) {
      Piece from = JinjaPostfix.at(a.get(1), item);
      return a.count() > 2 ? JinjaPostfix.at(from, a.get(2)).text() : from.text();
    }
    String name = filter.substring(filter.lastIndexOf('.') + 1);
    return JinjaFilters.apply(name, item, a.after(1)).text();
  }

  private static Piece member(Piece item, Piece path) {
    Piece member = item;
    for (String part :
        path.string().orElseThrow(() -> new Untranslatable("which attribute")).split("\\.")) {
      member =
          part.matches("[0-9]+")
              ? member.then("[" + part + "]")
              : JinjaPostfix.at(member, Piece.string(part));
    }
    return member;
  }

  private static Piece tested(Piece item, Arguments a) {
    return a.count() == 0 ? item.then("?has_content") : test(a.get(0), item, a.after(1));
  }

  private static Piece attribute(Piece item, Arguments a) {
    Piece member = member(item, a.get(0));
    return a.count() == 1 ? member : test(a.get(1), member, a.after(2));
  }

  private static Piece test(Piece name, Piece value, Arguments a) {
    String test = name.string().orElseThrow(() -> new Untranslatable("which test"));
    if (test.matches("[<>=!]=?")) {
      return JinjaOperators.compared(value, test.equals("=") ? "==" : test, a.only(1).get(0));
    }
    return JinjaTests.apply(test.substring(test.lastIndexOf('.') + 1), value, a);
  }
}
