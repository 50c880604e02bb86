package dev.hactl.engine.template;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.function.Functions;
import dev.hactl.engine.value.Value;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.TemplateException;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * FreeMarker's exceptions in our own words: the place in the user's text, what is wrong, what to
 * do.
 */
final class Failures {
  /** What a failure in a block defines. */
  private static final Set<String> OF_A_RESCUE =
      Set.of("ansible_failed_task", "ansible_failed_result");

  private Failures() {}

  /** Turns FreeMarker's line and column into the user's. */
  interface Where {
    /**
     * A place in a template.
     *
     * @param template FreeMarker's name of it
     */
    Place of(String template, int line, int column);

    /** What FreeMarker sees of a template. */
    String text(String template);
  }

  /** An unknown value was read: the result is unknown. Anything else is thrown with its place. */
  static Value unknownOrThrow(TemplateException e, Place place, Where where, Names names) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownAccess unknown -> {
          return new Value.Unknown(unknown.why());
        }
        case SourceException problem -> throw problem;
        case FunctionModel.Refused refused ->
            throw new SourceException(RefusedCall.problem(refused, e, place, where, names));
        case ParseException parse -> throw unparsable(parse, Optional.empty(), 0, where);
        case VaultTemplates.Closed closed -> throw closed(closed, place(e, place, where));
        case ArithmeticException wrong ->
            throw new SourceException(uncountable(wrong, e, place(e, place, where)));
        case TemplateNotFoundException missing ->
            throw new SourceException(
                Problem.error(
                    place(e, place, where),
                    "the template '" + missing.getTemplateName() + "' does not exist"));
        default -> {}
      }
    }
    throw new SourceException(problem(e, place(e, place, where), names));
  }

  static SourceException unreadable(IOException e, Place place) {
    return new SourceException(Problem.error(place, "cannot be rendered: " + e.getMessage()));
  }

  /**
   * A text that FreeMarker cannot parse.
   *
   * @param text what the user wrote, for advice, when FreeMarker sees something longer
   * @param shift how much further left the first line of that text begins
   * @param place where, when FreeMarker does not say it
   */
  static SourceException unparsable(
      IOException e, Optional<String> text, int shift, Place place, Where where) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ParseException parse) {
        return unparsable(parse, text, shift, where);
      }
      if (cause instanceof VaultTemplates.Closed closed) {
        return closed(closed, place);
      }
    }
    return new SourceException(
        Problem.error(place, "the template cannot be read: " + e.getMessage()));
  }

  private static SourceException closed(VaultTemplates.Closed closed, Place place) {
    return new SourceException(
        Problem.error(place, "the template " + closed.refused().why(), closed.refused().advice()));
  }

  private static SourceException unparsable(
      ParseException parse, Optional<String> text, int shift, Where where) {
    int line = parse.getLineNumber();
    int column = parse.getColumnNumber();
    String message = parse.getEditorMessage();
    String whole = text.orElseGet(() -> where.text(parse.getTemplateName()));
    int offset = Lines.offset(whole, line, line == 1 ? column + shift : column);
    return new SourceException(
        new Problem(
            Problem.Severity.ERROR,
            where.of(parse.getTemplateName(), line, column),
            "not a valid expression or template: " + Wording.ofParser(message),
            Wording.adviceOnBuiltIn(message).or(() -> Wording.advice(whole, offset))));
  }

  /** That numbers do not come to a number: a division by zero, or more digits than can be held. */
  private static Problem uncountable(ArithmeticException wrong, TemplateException e, Place where) {
    String blamed = e.getBlamedExpressionString();
    String what = blamed == null ? "this" : "'" + bare(blamed) + "'";
    String why = String.valueOf(wrong.getMessage()).toLowerCase(Locale.ROOT);
    return why.contains("by zero") || why.contains("undefined")
        ? Problem.error(
            where, what + " divides by zero", "test it before: ${(n == 0)?then(0, total / n)}")
        : Problem.error(
            where,
            what + " is too large to calculate with",
            "write smaller numbers; one of them may be mistyped, or in the wrong unit");
  }

  static Place place(TemplateException e, Place place, Where where) {
    Integer line = e.getLineNumber();
    Integer column = e.getColumnNumber();
    if (line == null || column == null) {
      return place;
    }
    // What is blamed begins at hactl's own bracket when it is a whole expression.
    String blamed = String.valueOf(e.getBlamedExpressionString());
    int bracket = (blamed.length() - bare(blamed).length()) / 2;
    return where.of(e.getTemplateSourceName(), line, column + bracket);
  }

  private static Problem problem(TemplateException e, Place where, Names names) {
    String blamed = bare(String.valueOf(e.getBlamedExpressionString()));
    if (!(e instanceof InvalidReferenceException)) {
      return new Problem(
          Problem.Severity.ERROR,
          where,
          Wording.ofFailure(e.getMessageWithoutStackTop(), blamed),
          Wording.adviceOnFailure(e.getMessageWithoutStackTop(), blamed));
    }
    return missing(blamed, where, names);
  }

  /** That an expression has no value: nothing defines it, or it is null. */
  static Problem missing(String expression, Place where, Names names) {
    int open = expression.indexOf('(');
    if (open > 0 && Functions.find(expression.substring(0, open)) != null) {
      String call = expression.substring(0, open) + "(...)";
      return new Problem(
          Problem.Severity.ERROR,
          where,
          "'" + call + "' finds nothing here",
          Optional.of("write " + call + "!'a default', or test it with " + call + "??"));
    }
    return names.get(expression).orElse(null) instanceof Value.Nothing
        ? new Problem(
            Problem.Severity.ERROR,
            where,
            "'" + expression + "' is null",
            Optional.of("give it a value, or write ${" + withDefault(expression) + "}"))
        : undefined(expression, where, names.known());
  }

  /** That nothing defines a name. */
  static Problem undefined(String name, Place where, Collection<String> known) {
    if (OF_A_RESCUE.contains(name)) {
      return Problem.error(
          where,
          "'" + name + "' is undefined",
          "it is only known inside a rescue; test it with " + name + "??");
    }
    if (name.startsWith("ansible_") && !known.contains("ansible_facts")) {
      return new Problem(
          Problem.Severity.ERROR,
          where,
          "'" + name + "' is undefined",
          Optional.of("facts are not read in this play: take gather_facts: false away"));
    }
    return new Problem(
        Problem.Severity.ERROR, where, "'" + name + "' is undefined", advice(name, known));
  }

  private static Optional<String> advice(String name, Collection<String> known) {
    Optional<String> word = Wording.adviceOnName(name);
    if (word.isPresent()) {
      return word;
    }
    Optional<String> near = Near.hint(name, known);
    if (name.matches("[A-Z_][A-Z0-9_]*")) {
      String shell = "the shell variable? write $" + name;
      return Optional.of(near.map(n -> n + " or ").orElse("did you mean ") + shell);
    }
    return near.or(() -> Wording.adviceOnFunction(name))
        .or(() -> Optional.of("define it, or write ${" + withDefault(name) + "}"));
  }

  private static String withDefault(String name) {
    return (name.matches("\\w+") ? name : "(" + name + ")") + "!'a default'";
  }

  /** Without the brackets around it: those that hactl itself puts around an expression, too. */
  private static String bare(String blamed) {
    if (!blamed.startsWith("(") || !blamed.endsWith(")")) {
      return blamed;
    }
    int depth = 0;
    for (int i = 0; i < blamed.length() - 1; i++) {
      depth += blamed.charAt(i) == '(' ? 1 : blamed.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return blamed;
      }
    }
    return bare(blamed.substring(1, blamed.length() - 1));
  }
}
