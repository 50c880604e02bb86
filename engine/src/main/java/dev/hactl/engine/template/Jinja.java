package dev.hactl.engine.template;

import dev.hactl.engine.source.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what people who come from Ansible write out of habit. It would not fail: it would land on
 * the host as it stands.
 */
final class Jinja {
  /**
   * {@code {{ name }}} with attributes and filters. Go's templates, which commands take as
   * arguments, begin with a dot or have words after the name.
   */
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "\\{\\{-?\\s*(?!(?:end|else|break|continue|nil)\\b)"
              + "([A-Za-z_]\\w*(?:\\.\\w+|\\[[^\\]{}]*\\])*)\\s*(?:\\|[^{}]*)?-?\\}\\}");

  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\{%-?\\s*(if|elif|else|endif|for|endfor|set|endset|block|endblock|include|import|from|macro|raw)\\b");

  private Jinja() {}

  /** The first piece of Jinja in a text, with its place. */
  static Optional<Problem> in(String text, Failures.Where where, String template) {
    Matcher expression = EXPRESSION.matcher(text);
    if (expression.find()) {
      return Optional.of(
          Problem.error(
              at(text, expression.start(), where, template),
              "'" + expression.group() + "' is Jinja, which hactl does not read",
              "write ${" + expression.group(1) + "}; where braces are meant, ${'{{'}"));
    }
    Matcher statement = STATEMENT.matcher(text);
    if (statement.find()) {
      return Optional.of(
          Problem.error(
              at(text, statement.start(), where, template),
              "'" + statement.group() + "' is Jinja, which hactl does not read",
              "write <#if ...>, <#list ... as x>, <#assign x = ...> as FreeMarker does"));
    }
    return Optional.empty();
  }

  private static dev.hactl.engine.source.Place at(
      String text, int offset, Failures.Where where, String template) {
    int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    return where.of(template, line, offset - text.lastIndexOf('\n', offset - 1));
  }
}
