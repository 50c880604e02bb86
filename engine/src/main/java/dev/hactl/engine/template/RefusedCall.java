package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.template.function.BadCall;
import dev.hactl.engine.value.Value;
import freemarker.template.TemplateException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the user's text the call that a function refused: FreeMarker tells a function nothing of
 * where it is called.
 */
final class RefusedCall {
  private RefusedCall() {}

  static Problem problem(
      FunctionModel.Refused refused,
      TemplateException e,
      Place place,
      Failures.Where where,
      Names names) {
    String template = e.getTemplateSourceName();
    Integer line = e.getLineNumber();
    Integer column = e.getColumnNumber();
    if (template == null || line == null || column == null) {
      return said(refused.why(), place);
    }
    String text = where.text(template);
    Optional<Call> found = find(text, Lines.offset(text, line, column), refused, names);
    if (found.isEmpty()) {
      return said(refused.why(), Failures.place(e, place, where));
    }
    Call call = found.get();
    int argument = refused.why().argument();
    boolean whole = argument < 0 || argument >= call.arguments().size();
    int offset = whole ? call.offset() : call.arguments().get(argument).from();
    Place at = where.of(template, Lines.line(text, offset), Lines.column(text, offset));
    if (!whole && refused.values().get(argument) == null) {
      Call.Span span = call.arguments().get(argument);
      return Failures.missing(text.substring(span.from(), span.to()), at, names);
    }
    return said(refused.why(), at);
  }

  private static Problem said(BadCall why, Place place) {
    return Problem.error(place, String.valueOf(why.getMessage()), why.advice());
  }

  /** The first call of the function, behind an offset, whose plain arguments have these values. */
  private static Optional<Call> find(
      String text, int from, FunctionModel.Refused refused, Names names) {
    List<Call> calls =
        TextScan.text(text, o -> Place.of("")).calls().stream()
            .filter(c -> c.name().equals(refused.name()))
            .toList();
    List<Call> behind = calls.stream().filter(c -> c.offset() >= from).toList();
    return behind.stream()
        .filter(c -> fits(text, c, refused.values(), names))
        .findFirst()
        .or(() -> behind.stream().findFirst())
        .or(() -> calls.stream().findFirst());
  }

  private static boolean fits(String text, Call call, List<@Nullable Value> values, Names names) {
    if (call.arguments().size() != values.size()) {
      return false;
    }
    for (int i = 0; i < values.size(); i++) {
      Call.Span span = call.arguments().get(i);
      if (!fits(text.substring(span.from(), span.to()), values.get(i), names)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an argument can have a value; one that is no name and no literal can have any. */
  private static boolean fits(String argument, @Nullable Value value, Names names) {
    if (argument.matches("'[^'\\\\$]*'|\"[^\"\\\\$]*\"")) {
      return value instanceof Value.Text t
          && t.text().equals(argument.substring(1, argument.length() - 1));
    }
    if (argument.matches("[0-9]{1,9}")) {
      return value instanceof Value.Num n && n.plain().equals(argument);
    }
    if (argument.matches("[A-Za-z_]\\w*")) {
      Value named = names.get(argument).orElse(null);
      return named == null || named.equals(value);
    }
    return true;
  }
}
