package dev.hactl.engine.template;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.template.function.Functions;
import dev.hactl.engine.template.jinja.JinjaExpression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** What FreeMarker parses without complaint and hactl refuses all the same, before any host. */
final class Usage {
  private Usage() {}

  /** Whether a text can have any of it; most cannot, and are not looked at. */
  static boolean possible(String text) {
    return text.indexOf('(') >= 0
        || text.indexOf('|') >= 0
        || text.indexOf('&') >= 0
        || text.contains("?eval")
        || text.contains("?interpret");
  }

  /**
   * What is wrong in a text that FreeMarker can parse.
   *
   * @param text with its expressions
   * @param places where an offset of it stands in the user's file
   */
  static List<Problem> problems(String text, TextScan.Result found, IntFunction<Place> places) {
    var problems = new ArrayList<Problem>();
    for (TextScan.Odd odd : found.oddities()) {
      odd(text, odd, found)
          .ifPresent(o ->
              problems.add(Problem.error(places.apply(odd.offset()), o.message(), o.advice())));
    }
    if (!problems.isEmpty()) {
      return problems; // what is called beside it is part of the same mistake
    }
    var called = new HashSet<String>();
    for (Call call : found.calls()) {
      if (found.mentions().own().contains(call.name())) {
        continue;
      }
      Functions function = Functions.find(call.name());
      if (function == null) {
        if (!found.open()) {
          problems.add(unknown(text, call, places.apply(call.offset())));
        }
        continue;
      }
      called.add(call.name());
      String refusal = function.form().refuses(call.arguments().size());
      if (!refusal.isEmpty()) {
        problems.add(
            Problem.error(
                places.apply(call.offset()), refusal, "for example " + function.form().example()));
      }
    }
    called.stream()
        .filter(c ->
            found.mentions().needed().containsKey(c) || found.mentions().optional().contains(c))
        .sorted()
        .forEach(c ->
            problems.add(
                Problem.error(
                    places.apply(first(found, c)),
                    "'" + c + "' is a function here and a variable elsewhere in the same text",
                    "give the variable another name")));
    return problems;
  }

  private static int first(TextScan.Result found, String name) {
    return found.calls().stream()
        .filter(c -> c.name().equals(name))
        .mapToInt(Call::offset)
        .min()
        .orElse(0);
  }

  private record Said(String message, String advice) {}

  private static Optional<Said> odd(String text, TextScan.Odd odd, TextScan.Result found) {
    return switch (odd.kind()) {
      case PIPE ->
          Optional.of(
              new Said(
                  "'|' is a filter of Jinja, which hactl does not read",
                  Jinja.advice(text, odd.offset())
                      .orElse(
                          "write x?name or name(x) instead of"
                              + " x | name, and || instead of 'or'")));
      case AMPERSAND -> Optional.of(new Said("'&' has no meaning here", "write && for 'and'"));
      case EVALUATION ->
          Optional.of(
              new Said(
                  "'?" + odd.word() + "' is not allowed: text is data, and never an expression",
                  "write x?number, x?boolean, or from_json(x) for lists and mappings"));
      case METHOD ->
          found.open()
              ? Optional.empty()
              : Optional.of(
                  new Said(
                      "values have no methods such as '." + odd.word() + "(...)'",
                      Jinja.advice(text, odd.offset())
                          .orElse("write x?name for what FreeMarker has, name(x) for a function")));
    };
  }

  private static Problem unknown(String text, Call call, Place place) {
    String name = call.name();
    return Problem.error(
        place,
        "there is no function '" + name + "'",
        Jinja.advice(text, call.offset())
            .or(() -> ofFilter(text, call))
            .or(() -> Near.hint(name, Functions.names()))
            .orElse("docs/expressions.md lists all functions"));
  }

  /** What a filter of Ansible's is here, which was called like a function. */
  private static Optional<String> ofFilter(String text, Call call) {
    List<String> given =
        call.arguments().stream().map(a -> text.substring(a.from(), a.to())).toList();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String arguments = String.join(", ", given.subList(1, given.size()));
    return JinjaExpression.toHactl(
            "(" + given.getFirst() + ") | " + call.name() + "(" + arguments + ")")
        .map(hactl -> "write " + hactl);
  }
}
