package dev.hactl.cli.lint;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.source.Problem;
import java.util.List;
import java.util.Map;

/**
 * What was found.
 *
 * @param problems mistakes and findings, file by file from top to bottom
 * @param rules what the rules that looked say of themselves, by id
 * @param exit the exit code that follows from it
 * @param version of hactl
 */
public record Report(List<Problem> problems, Map<String, About> rules, int exit, String version) {

  /** How many there are of a severity. */
  long count(Problem.Severity severity) {
    return problems.stream().filter(p -> p.severity() == severity).count();
  }

  /** A severity as outputs call it. */
  static String word(Problem.Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case ADVICE -> "advice";
    };
  }
}
