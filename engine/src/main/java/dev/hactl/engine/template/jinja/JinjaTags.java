package dev.hactl.engine.template.jinja;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements of Jinja as tags of FreeMarker. */
final class JinjaTags {
  private static final Pattern FOR =
      Pattern.compile("(\\w+)(?:\\s*,\\s*(\\w+))?\\s+in\\s+(.+)", Pattern.DOTALL);
  private static final Pattern SET =
      Pattern.compile("(\\w+)(?:\\.(\\w+))?\\s*=(?!=)\\s*(.+)", Pattern.DOTALL);
  private static final Pattern SPACE = Pattern.compile("namespace\\s*\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern FIRST = Pattern.compile("(\\w+)\\s*=(?!=)\\s*(.+)", Pattern.DOTALL);
  private static final Pattern ITEMS =
      Pattern.compile("(.+?)(?:\\.items\\(\\)|\\s*\\|\\s*(?:items|dictsort))", Pattern.DOTALL);

  /** What to write instead of statements that have no form. */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry(
              "macro",
              "write <#macro NAME a b='x'>...</#macro>, and <@NAME value/> where it is called"),
          Map.entry("call", "write <@NAME value>...</@NAME>, and <#nested> inside of the macro"),
          Map.entry("include", "write <#include 'NAME.ftl'> with the template's new name"),
          Map.entry("import", "write <#import 'NAME.ftl' as short>, and <@short.macro value/>"),
          Map.entry("from", "write <#import 'NAME.ftl' as short>, and <@short.macro value/>"),
          Map.entry("extends", "write whole templates that <#include> what they share"),
          Map.entry("block", "write its content here, or <#include> a template of its own"),
          Map.entry("filter", "put the filter on each value inside of it"),
          Map.entry("with", "write {% set NAME = VALUE %} before what stands in it"),
          Map.entry("do", "build the value with {% set NAME = ... %}"),
          Map.entry("break", "write <#break>"),
          Map.entry("continue", "write <#continue>"));

  private final Exact exact;
  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> setInLoop = new HashSet<>();
  private final Set<String> setOutside = new HashSet<>();

  JinjaTags(Exact exact) {
    this.exact = exact;
  }

  /** The tag for a statement. */
  String tag(String statement) {
    String word = statement.split("[^\\w]", 2)[0];
    String rest = statement.substring(word.length()).strip();
    return switch (word) {
      case "if" -> {
        open.push("if");
        yield "<#if " + condition(rest) + ">";
      }
      case "elif" -> "<#elseif " + condition(rest) + ">";
      case "else" -> "<#else>";
      case "endif" -> closed("if", "</#if>");
      case "for" -> loop(rest);
      case "endfor" -> {
        exact.end();
        yield closed("for", "</#list>");
      }
      case "set" -> set(rest);
      case "endset" -> closed("set", "</#assign>");
      default -> {
        if (word.startsWith("end") && refused.contains(word.substring(3))) {
          yield ""; // its beginning was told
        }
        refused.add(word);
        throw Untranslatable.advised(
            "there is no form for '" + word + "'", INSTEAD.getOrDefault(word, ""));
      }
    };
  }

  /** Refuses statements that nothing closes. */
  void end() {
    if (!open.isEmpty()) {
      throw new Untranslatable("'" + open.peek() + "' is not closed");
    }
  }

  private String closed(String word, String tag) {
    if (!word.equals(open.poll())) {
      throw new Untranslatable("'end" + word + "' closes nothing");
    }
    return tag;
  }

  private String condition(String jinja) {
    return inTag(exact.condition(JinjaExpression.whole(jinja, exact)).text());
  }

  /** A bare {@code >} would end a tag. */
  private static String inTag(String expression) {
    return expression.contains(">") ? "(" + expression + ")" : expression;
  }

  private String loop(String rest) {
    open.push("for");
    try {
      return list(rest);
    } catch (Untranslatable e) {
      exact.begin(new Exact.Loop("", "")); // that it ends is no second mistake
      throw e;
    }
  }

  private String list(String rest) {
    Matcher loop = FOR.matcher(rest);
    if (!loop.matches() || rest.endsWith(" recursive")) {
      throw new Untranslatable("there is no form for this loop");
    }
    String item = loop.group(1);
    String second = loop.group(2);
    String over = loop.group(3).strip();
    if (second != null) {
      return pairs(item, second, over);
    }
    int filter = filter(over);
    Piece list = JinjaExpression.whole(filter < 0 ? over : over.substring(0, filter), exact);
    if (filter >= 0) {
      Piece only =
          exact.condition(JinjaExpression.whole(over.substring(filter + 3).strip(), exact));
      list = list.then("?filter(" + item + " -> " + only.text() + ")");
    }
    boolean keys = list.text().matches("groups|hostvars") || exact.kind(list) == Known.Kind.MAPPING;
    if (keys) {
      list = list.then("?keys");
    }
    String text = list.strength() == Piece.Strength.TIGHT ? list.text() : "(" + list.text() + ")";
    exact.begin(new Exact.Loop(item, text));
    return "<#list " + inTag(text) + " as " + item + ">";
  }

  private String pairs(String key, String value, String over) {
    Matcher items = ITEMS.matcher(over);
    if (!items.matches()) {
      throw new Untranslatable("a loop with two variables goes over '.items()' or 'dictsort'");
    }
    Piece mapping = JinjaExpression.whole(items.group(1), exact);
    String text = mapping.in(Piece.Strength.TIGHT);
    boolean sorted = over.endsWith("dictsort");
    exact.begin(new Exact.Loop(key, text));
    return sorted
        ? "<#list "
            + text
            + "?keys?sort as "
            + key
            + "><#assign "
            + value
            + " = "
            + text
            + "["
            + key
            + "]>"
        : "<#list " + text + " as " + key + ", " + value + ">";
  }

  /** Where the condition of a loop begins: an {@code if} that has no {@code else}. */
  private static int filter(String over) {
    Matcher condition = Pattern.compile("\\sif\\s").matcher(over);
    return condition.find() && !over.substring(condition.end()).matches("(?s).*\\selse\\s.*")
        ? condition.start() + 1
        : -1;
  }

  private String set(String rest) {
    Matcher set = SET.matcher(rest);
    if (!set.matches()) {
      if (!rest.matches("\\w+")) {
        if (!rest.contains("=")) {
          open.push("set");
        }
        throw new Untranslatable("there is no form for this 'set'");
      }
      open.push("set");
      known(rest);
      return "<#assign " + rest + ">";
    }
    String name = set.group(1);
    String attribute = set.group(2);
    if (attribute != null) {
      if (!exact.isSpace(name)) {
        throw new Untranslatable("'" + name + "' is no namespace() of this template");
      }
      return "<#assign " + name + "_" + attribute + " = " + value(set.group(3)) + ">";
    }
    Matcher space = SPACE.matcher(set.group(3).strip());
    if (space.matches()) {
      exact.space(name);
      return space(name, space.group(1));
    }
    known(name);
    return "<#assign " + name + " = " + value(set.group(3)) + ">";
  }

  private String space(String name, String attributes) {
    Matcher first = FIRST.matcher(attributes.strip());
    if (!first.matches() || first.group(2).contains(",")) {
      throw new Untranslatable("a namespace() with one attribute can be said, no other");
    }
    return "<#assign " + name + "_" + first.group(1) + " = " + value(first.group(2)) + ">";
  }

  /** What a loop sets is gone behind it in Jinja, and stays in FreeMarker. */
  private void known(String name) {
    (exact.looping() ? setInLoop : setOutside).add(name);
    if (setInLoop.contains(name) && setOutside.contains(name)) {
      throw new Untranslatable(
          "'" + name + "' is set inside a loop and outside of it, which Jinja keeps apart");
    }
  }

  private String value(String jinja) {
    return inTag(exact.value(JinjaExpression.whole(jinja, exact)).text());
  }
}
