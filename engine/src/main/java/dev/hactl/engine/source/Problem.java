package dev.hactl.engine.source;

import java.util.Locale;
import java.util.Optional;

/**
 * Something wrong with what the user wrote: a value with a place, never an exception's trace.
 *
 * @param severity whether the run may go on
 * @param place where it stands
 * @param message what is wrong, one sentence without a full stop
 * @param advice what to do, when something can be said
 * @param rule the id of the rule that says so, by which a comment can silence it; empty for a
 *     mistake, which nothing silences
 */
public record Problem(
    Severity severity,
    Place place,
    String message,
    Optional<String> advice,
    Optional<String> rule) {

  /** Takes out what is quoted from an encrypted text. */
  public Problem {
    if (place.file().encrypted()) {
      message = place.file().hide(message);
      advice = advice.flatMap(a -> SecretQuotes.advice(a, place.file().text()));
    }
  }

  /** How bad a problem is. */
  public enum Severity {
    /** Nothing runs. */
    ERROR,
    /** Worth a look; the run goes on. */
    WARNING,
    /** What could be better; only told to those who ask. */
    ADVICE
  }

  /** A mistake. */
  public Problem(Severity severity, Place place, String message, Optional<String> advice) {
    this(severity, place, message, advice, Optional.empty());
  }

  /** An error without advice. */
  public static Problem error(Place place, String message) {
    return new Problem(Severity.ERROR, place, message, Optional.empty());
  }

  /** An error that says what to do. */
  public static Problem error(Place place, String message, String advice) {
    return new Problem(
        Severity.ERROR, place, message, Optional.of(advice).filter(a -> !a.isBlank()));
  }

  /** A warning of no rule, which nothing silences. */
  public static Problem warning(Place place, String message, String advice) {
    return new Problem(Severity.WARNING, place, message, Optional.of(advice));
  }

  /**
   * A warning.
   *
   * @param rule its id, one of those that {@code hactl lint --list-rules} tells
   */
  public static Problem warning(String rule, Place place, String message, String advice) {
    return new Problem(Severity.WARNING, place, message, Optional.of(advice), Optional.of(rule));
  }

  /**
   * The form every output prints: {@code file:line:col: error: message}, the rule in brackets where
   * there is one, the line, a caret, the advice.
   *
   * @return several lines without a final line end
   */
  public String render() {
    QuotedLine quoted = quoted();
    var text = new StringBuilder();
    text.append(place).append(": ").append(severity.name().toLowerCase(Locale.ROOT)).append(": ");
    text.append(quoted.safe(message));
    rule.ifPresent(r -> text.append(" [").append(r).append(']'));
    if (!quoted.text().isBlank()) {
      text.append("\n    ").append(quoted.text());
      text.append("\n    ").append(" ".repeat(quoted.caret())).append('^');
    }
    advice.ifPresent(a -> text.append("\n    ").append(quoted.safe(a)));
    return text.toString();
  }

  /** The same problem without what its line keeps secret, for outputs that tell it in parts. */
  public Problem safe() {
    QuotedLine quoted = quoted();
    return new Problem(severity, place, quoted.safe(message), advice.map(quoted::safe), rule);
  }

  private QuotedLine quoted() {
    String line = place.line() == 0 ? "" : place.file().line(place.line());
    return QuotedLine.of(
        line.replace('\t', ' '), Math.max(0, Math.min(place.column() - 1, line.length())));
  }
}
