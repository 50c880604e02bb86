package dev.hactl.engine.template;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.value.Value;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FreeMarker's exceptions in our own words: the place in the user's text, what is wrong, what to
 * do.
 */
final class Failures {
  private Failures() {}

  /** An unknown value was read: the result is unknown. Anything else is thrown with its place. */
  static Value unknownOrThrow(TemplateException e, Template template, Place place, Names names) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownAccess unknown) {
        return new Value.Unknown(unknown.why());
      }
      if (cause instanceof SourceException problem) {
        throw problem;
      }
    }
    throw new SourceException(problem(e, template, place, names));
  }

  static SourceException unreadable(IOException e, Place place) {
    return new SourceException(Problem.error(place, "cannot be rendered: " + e.getMessage()));
  }

  /** A text that FreeMarker cannot parse. */
  static SourceException unparsable(IOException e, String text, Place place, int offset) {
    if (!(e instanceof ParseException parse)) {
      return new SourceException(
          Problem.error(
              place, "the template cannot be read: " + firstLine(String.valueOf(e.getMessage()))));
    }
    boolean inline = "inline".equals(parse.getTemplateName());
    Place where =
        inline
            ? parse.getLineNumber() <= 1
                ? place.right(Math.max(0, parse.getColumnNumber() - 1 + offset))
                : place
            : at(parse.getTemplateName(), parse.getLineNumber(), parse.getColumnNumber());
    return new SourceException(
        new Problem(
            Problem.Severity.ERROR,
            where,
            "not a valid expression or template: " + firstLine(parse.getEditorMessage()),
            advice(text)));
  }

  private static final Pattern ANSIBLE_WORD =
      Pattern.compile("(?<![\\w.'\"])(and|or|not|in|is)(?![\\w'\"])");

  private static Optional<String> advice(String text) {
    if (text.contains("{{")) {
      return Optional.of("hactl writes ${name} instead of {{ name }}");
    }
    Matcher word = ANSIBLE_WORD.matcher(text);
    if (!word.find()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (word.group(1)) {
          case "and" -> "write && instead of 'and'";
          case "or" -> "write || instead of 'or'";
          case "not" -> "write ! instead of 'not'";
          case "in" -> "write list?seq_contains(x) instead of 'x in list'";
          default -> "write x?? instead of 'x is defined', and !x?? instead of 'x is not defined'";
        });
  }

  private static Problem problem(TemplateException e, Template template, Place place, Names names) {
    Integer line = e.getLineNumber();
    Place where =
        "inline".equals(template.getName()) || line == null
            ? place
            : at(e.getTemplateSourceName(), line, e.getColumnNumber());
    if (e instanceof InvalidReferenceException missing) {
      String name = String.valueOf(missing.getBlamedExpressionString());
      Optional<String> hint =
          Near.hint(name, names.known())
              .or(() -> Optional.of("define it, or write ${" + name + "!'a default'}"));
      Optional<String> shell =
          name.matches("[A-Z_][A-Z0-9_]*")
              ? Optional.of("did you mean the shell variable? write $" + name)
              : hint;
      return new Problem(Problem.Severity.ERROR, where, "'" + name + "' is undefined", shell);
    }
    return Problem.error(where, firstLine(e.getMessageWithoutStackTop()));
  }

  private static Place at(String template, int line, int column) {
    return new SourceFile(template, "").at(Math.max(1, line), Math.max(1, column));
  }

  /** The first sentence of FreeMarker's explanation, without its decoration. */
  private static String firstLine(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && !l.startsWith("----"))
        .findFirst()
        .map(l -> l.endsWith(":") ? l.substring(0, l.length() - 1) : l)
        .map(l -> l.substring(0, 1).toLowerCase(Locale.ROOT) + l.substring(1))
        .orElse("no reason given");
  }
}
