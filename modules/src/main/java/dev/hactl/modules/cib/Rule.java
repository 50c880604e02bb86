package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which nodes a location constraint holds: comparisons of node attributes, all joined by the
 * same word, as pcs and crmsh write them: {@code #uname eq db1}, {@code defined ping and ping gt
 * 0}.
 *
 * @param or whether one comparison is enough
 * @param tests the comparisons
 */
public record Rule(boolean or, List<Test> tests) {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final List<String> UNARY = List.of("defined", "not_defined");
  private static final List<String> BINARY = List.of("eq", "ne", "lt", "gt", "lte", "gte");
  private static final Map<String, String> TYPES =
      Map.of("string", "string", "integer", "integer", "number", "number", "version", "version");

  /** Copies the list. */
  public Rule {
    tests = List.copyOf(tests);
  }

  /** One comparison; type and value are empty where there are none. */
  record Test(String attribute, String operation, String type, String value) {}

  /** Reads an expression; empty when it is none. */
  public static Optional<Rule> parse(String text) {
    List<String> words = words(text);
    var tests = new ArrayList<Test>();
    String joined = "";
    int i = 0;
    while (i < words.size()) {
      if (!tests.isEmpty()) {
        String join = words.get(i).toLowerCase(Locale.ROOT);
        if (!(join.equals("and") || join.equals("or"))
            || !(joined.isEmpty() || joined.equals(join))) {
          return Optional.empty();
        }
        joined = join;
        i++;
      }
      int next = test(words, i, tests);
      if (next < 0) {
        return Optional.empty();
      }
      i = next;
    }
    return tests.isEmpty() ? Optional.empty() : Optional.of(new Rule(joined.equals("or"), tests));
  }

  /** Reads one comparison and returns the index behind it, -1 when there is none. */
  private static int test(List<String> words, int at, List<Test> tests) {
    int left = words.size() - at;
    if (left >= 2 && UNARY.contains(words.get(at))) {
      tests.add(new Test(words.get(at + 1), words.get(at), "", ""));
      return at + 2;
    }
    if (left < 3 || !BINARY.contains(words.get(at + 1))) {
      return -1;
    }
    boolean typed =
        TYPES.containsKey(words.get(at + 2))
            && left > 3
            && !List.of("and", "or").contains(words.get(at + 3).toLowerCase(Locale.ROOT));
    int value = typed ? at + 3 : at + 2;
    tests.add(
        new Test(
            words.get(at), words.get(at + 1), typed ? words.get(at + 2) : "", words.get(value)));
    return value + 1;
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    Matcher m = WORD.matcher(text);
    while (m.find()) {
      words.add(m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group(3));
    }
    return words;
  }

  /** What a rule of a configuration says; empty when it says more than such a rule can. */
  static Optional<Rule> of(Element rule) {
    List<Element> inside = rule.children();
    if (inside.isEmpty() || inside.stream().anyMatch(e -> !e.name().equals("expression"))) {
      return Optional.empty();
    }
    boolean or = inside.size() > 1 && rule.attribute("boolean-op", "and").equals("or");
    return Optional.of(
        new Rule(
            or,
            inside.stream()
                .map(e ->
                    new Test(
                        e.attribute("attribute", ""),
                        e.attribute("operation", ""),
                        e.attribute("type", ""),
                        e.attribute("value", "")))
                .toList()));
  }

  /** Its element, attributes of the rule itself left out. */
  Element element(String id, Ids ids) {
    Element rule = Element.of("rule", "id", id);
    if (tests.size() > 1) {
      rule = rule.with("boolean-op", or ? "or" : "and");
    }
    for (Test test : tests) {
      Element expression =
          Element.of(
              "expression",
              "id",
              ids.fresh(id, "expr"),
              "operation",
              test.operation(),
              "attribute",
              test.attribute());
      if (!test.type().isEmpty()) {
        expression = expression.with("type", test.type());
      }
      rule =
          rule.add(
              UNARY.contains(test.operation())
                  ? expression
                  : expression.with("value", test.value()));
    }
    return rule;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Test test : tests) {
      text.append(text.isEmpty() ? "" : or ? " or " : " and ");
      if (UNARY.contains(test.operation())) {
        text.append(test.operation()).append(' ').append(test.attribute());
      } else {
        text.append(test.attribute()).append(' ').append(test.operation()).append(' ');
        text.append(test.type().isEmpty() ? "" : test.type() + " ").append(test.value());
      }
    }
    return text.toString();
  }
}
