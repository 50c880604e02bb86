package dev.hactl.engine.template.jinja;

import dev.hactl.engine.template.jinja.Piece.Kind;
import dev.hactl.engine.template.jinja.Piece.Strength;
import java.util.Set;

/** What stands after {@code is}, and {@code in}, and {@code not}. */
final class JinjaTests {
  private JinjaTests() {}

  static Piece not(Piece piece) {
    String text = piece.text();
    // A second 'not' takes the first away.
    return piece.strength() == Strength.NOT && text.startsWith("!")
        ? Piece.tight(text.substring(1)).bool()
        : Piece.of("!" + piece.in(Strength.TIGHT), Strength.NOT).bool();
  }

  static Piece in(Piece item, Piece all) {
    boolean mapping = all.text().matches("groups|hostvars|ansible_facts|vars");
    if (mapping) {
      return JinjaPostfix.at(all, item).then("??").bool();
    }
    boolean text = all.kind() == Kind.STRING || all.text().matches(".*\\.(stdout|stderr|msg)");
    return all.then((text ? "?contains(" : "?seq_contains(") + item.argument() + ")").bool();
  }

  static Piece apply(String test, Piece value, Arguments a) {
    boolean truth = Set.of("true", "truthy", "false", "falsy").contains(test);
    Piece tested = tested(test, value, a);
    return truth ? tested : tested.bool();
  }

  private static Piece tested(String test, Piece value, Arguments a) {
    return switch (test) {
      case "defined" -> value.then("??");
      case "undefined" -> not(value.then("??"));
      case "none" -> not(value.then("??"));
      case "string" -> value.then("?is_string");
      case "number", "integer", "float" -> value.then("?is_number");
      case "boolean" -> value.then("?is_boolean");
      case "mapping" -> value.then("?is_hash");
      case "sequence", "iterable" -> value.then("?is_sequence");
      case "true", "truthy" -> value;
      case "false", "falsy" -> not(value);
      case "even" -> remainder(value, "2", "0");
      case "odd" -> remainder(value, "2", "1");
      case "divisibleby" -> remainder(value, a.only(1).get(0).in(Strength.TIGHT), "0");
      case "equalto", "eq", "sameas" -> compared(value, "==", a);
      case "ne" -> compared(value, "!=", a);
      case "gt", "greaterthan" -> compared(value, ">", a);
      case "lt", "lessthan" -> compared(value, "<", a);
      case "ge" -> compared(value, ">=", a);
      case "le" -> compared(value, "<=", a);
      case "in" -> in(value, a.only(1).get(0));
      case "contains" -> value.then("?seq_contains(" + a.only(1).get(0).argument() + ")");
      case "search", "regex" -> a.only(1).call("regex_search", value).then("??");
      case "match" -> match(value, a.only(1).get(0));
      case "version", "version_compare" -> version(value, a);
      case "changed", "failed", "skipped" -> value.then("." + test);
      case "succeeded", "success" -> not(value.then(".failed"));
      case "subset" ->
          JinjaOperators.compared(
              a.only(1).call("difference", value).then("?size"), "==", Piece.tight("0"));
      case "in_network", "network_in_network" -> a.only(1).call("ip_in_cidr", value);
      case "ip", "ip_address" -> Piece.tight("is_ip(" + value.argument() + ")");
      default -> throw new Untranslatable(test);
    };
  }

  private static Piece compared(Piece value, String sign, Arguments a) {
    return JinjaOperators.compared(value, sign, a.only(1).get(0));
  }

  private static Piece remainder(Piece value, String by, String is) {
    return Piece.of(value.in(Strength.TIGHT) + " % " + by + " == " + is, Strength.EQUAL);
  }

  /** At the beginning of the text only. */
  private static Piece match(Piece value, Piece regex) {
    String content = regex.string().orElseThrow(() -> new Untranslatable("a regular expression"));
    String anchored =
        content.startsWith("^")
            ? content
            : content.contains("|") ? "^(?:" + content + ")" : "^" + content;
    return Piece.tight(
            "regex_search(" + value.argument() + ", " + Piece.string(anchored).text() + ")")
        .then("??");
  }

  private static Piece version(Piece value, Arguments a) {
    Piece operator = a.find(1, "operator").orElse(Piece.string("=="));
    return Piece.tight(
        "version(" + value.argument() + ", " + operator.text() + ", " + a.get(0).argument() + ")");
  }
}
