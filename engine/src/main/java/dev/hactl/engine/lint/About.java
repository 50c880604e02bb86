package dev.hactl.engine.lint;

import dev.hactl.engine.source.Problem;

/**
 * What a rule says of itself.
 *
 * @param id small letters and dashes; comments silence the rule by it, so it never changes
 * @param severity an error can lose data or the service, a warning will surprise, advice is about
 *     what is easier to read, to run again or to look after
 * @param why one sentence: what goes wrong
 * @param source where that is written down
 * @param advice what to do
 */
public record About(
    String id, Problem.Severity severity, String why, String source, String advice) {

  /** A rule about what can lose data or the service. */
  public static About error(String id, String why, String source, String advice) {
    return new About(id, Problem.Severity.ERROR, why, source, advice);
  }

  /** A rule about what will surprise. */
  public static About warning(String id, String why, String source, String advice) {
    return new About(id, Problem.Severity.WARNING, why, source, advice);
  }

  /** A rule about what could be easier. */
  public static About advice(String id, String why, String source, String advice) {
    return new About(id, Problem.Severity.ADVICE, why, source, advice);
  }
}
