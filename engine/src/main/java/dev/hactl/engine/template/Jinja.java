package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.template.jinja.JinjaExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what people who come from Ansible write out of habit. It would not fail: it would land on
 * the host as it stands.
 */
final class Jinja {
  private static final String GO = "(?!(?:end|else|break|continue|nil)\\b)";

  /**
   * {@code {{ name }}} with attributes, calls, operators and filters. Go's templates, which
   * commands take as arguments, begin with a dot or have words after the name.
   */
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "\\{\\{-?\\s*("
              + GO
              + "[A-Za-z_]\\w*(?:\\.\\w+|\\[[^\\]{}]*\\])*\\s*"
              + "(?:\\([^{}]*|(?:[|~+*/%<>=!-]|if\\b|is\\b|in\\b|and\\b|or\\b|not\\b)[^{}]*)?"
              + "|['\"(\\[][^{}]*?)\\s*-?\\}\\}");

  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\{%-?\\s*(if|elif|else|endif|for|endfor|set|endset|block|endblock|include|import|from|"
              + "macro|endmacro|raw|endraw)\\b((?:[^%]|%(?!\\}))*?)-?(?:%\\}|$)");
  private static final Pattern FOR =
      Pattern.compile("\\s*(\\w+)(?:\\s*,\\s*(\\w+))?\\s+in\\s+(.+?)\\s*", Pattern.DOTALL);
  private static final Pattern SET =
      Pattern.compile("\\s*(\\w+)\\s*=\\s*(.+?)\\s*", Pattern.DOTALL);
  private static final Pattern ITEMS =
      Pattern.compile("(.+?)(?:\\.items\\(\\)|\\s*\\|\\s*dictsort)");

  private static final Pattern UNREAD =
      Pattern.compile("<#--.*?-->|<#noparse>.*?</#noparse>", Pattern.DOTALL);

  private Jinja() {}

  /** Every piece of Jinja in a text, with its place. */
  static List<Problem> in(String whole, Failures.Where where, String template) {
    if (!whole.contains("{{") && !whole.contains("{%")) {
      return List.of();
    }
    try {
      return found(whole, where, template);
    } catch (StackOverflowError e) {
      // Java's patterns need stack for every character of a long tag.
      return List.of(
          Problem.error(
              where.of(template, 1, 1),
              "a tag of Jinja in this text is too long to be read",
              "hactl writes ${name} and <#if ...>...</#if>"));
    }
  }

  private static List<Problem> found(String whole, Failures.Where where, String template) {
    // FreeMarker does not look into its comments; offsets stay as they are.
    String text = UNREAD.matcher(whole).replaceAll(m -> m.group().replaceAll("[^\n]", " "));
    var problems = new ArrayList<Problem>();
    Matcher expression = EXPRESSION.matcher(text);
    while (expression.find()) {
      problems.add(
          Problem.error(
              at(text, expression.start(), where, template),
              "'" + expression.group() + "' is Jinja, which hactl does not read",
              JinjaExpression.toHactl(expression.group(1))
                  .map(e -> "write ${" + e + "}; where braces are meant, ${'{{'}")
                  .orElse(
                      "write ${...} as docs/expressions.md says; where braces are meant,"
                          + " ${'{{'}")));
    }
    Matcher statement = STATEMENT.matcher(text);
    while (statement.find()) {
      problems.add(
          Problem.error(
              at(text, statement.start(), where, template),
              "'" + statement.group().strip() + "' is Jinja, which hactl does not read",
              statement(statement.group(1), statement.group(2))
                  .map(s -> "write " + s)
                  .orElse(
                      "write <#if ...>, <#list ... as x>, <#assign x = ...> as FreeMarker does")));
    }
    return problems;
  }

  private static Optional<String> statement(String word, String rest) {
    return switch (word) {
      case "if" -> JinjaExpression.toHactl(rest).map(e -> "<#if " + inTag(e) + ">");
      case "elif" -> JinjaExpression.toHactl(rest).map(e -> "<#elseif " + inTag(e) + ">");
      case "else" -> Optional.of("<#else>");
      case "endif" -> Optional.of("</#if>");
      case "for" -> loop(rest);
      case "endfor" -> Optional.of("</#list>");
      case "set" -> {
        Matcher set = SET.matcher(rest);
        yield set.matches()
            ? JinjaExpression.toHactl(set.group(2))
                .map(e -> "<#assign " + set.group(1) + " = " + inTag(e) + ">")
            : Optional.empty();
      }
      case "endset" -> Optional.of("</#assign>");
      case "endmacro" -> Optional.of("</#macro>");
      case "raw" -> Optional.of("<#noparse>");
      case "endraw" -> Optional.of("</#noparse>");
      case "include" -> JinjaExpression.toHactl(rest).map(e -> "<#include " + e + ">");
      default -> Optional.empty();
    };
  }

  private static Optional<String> loop(String rest) {
    Matcher loop = FOR.matcher(rest);
    if (!loop.matches()) {
      return Optional.empty();
    }
    String second = loop.group(2);
    Matcher items = ITEMS.matcher(loop.group(3));
    String over = second != null && items.matches() ? items.group(1) : loop.group(3);
    return JinjaExpression.toHactl(over)
        .map(e ->
            "<#list "
                + inTag(e)
                + " as "
                + loop.group(1)
                + (second == null ? "" : ", " + second)
                + ">");
  }

  /** A bare {@code >} would end a tag. */
  private static String inTag(String expression) {
    return expression.contains(">") && !expression.startsWith("(")
        ? "(" + expression + ")"
        : expression;
  }

  /**
   * The hactl form of the expression around an offset.
   *
   * @param text a text with interpolations, or one expression
   */
  static Optional<String> advice(String text, int offset) {
    return Around.of(text, offset).flatMap(a -> a.write(translated(a)));
  }

  private static Optional<String> translated(Around around) {
    String bare = around.expression().strip();
    boolean braces = bare.startsWith("{{") && bare.endsWith("}}");
    return JinjaExpression.toHactl(braces ? bare.substring(2, bare.length() - 2) : bare)
        .map(e -> around.after().equals(">") ? inTag(e) : e);
  }

  private static Place at(String text, int offset, Failures.Where where, String template) {
    int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    return where.of(template, line, offset - text.lastIndexOf('\n', offset - 1));
  }
}
