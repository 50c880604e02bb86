package dev.hactl.cli.lint;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/** Findings as compilers print them. */
public final class LintText {
  private LintText() {}

  /** A block for each finding, then one line with how many there are. */
  public static List<String> of(Report report) {
    var lines = new ArrayList<String>();
    report.problems().stream().map(Problem::render).forEach(lines::add);
    lines.add(
        report.problems().isEmpty()
            ? "nothing found"
            : "%s, %s, %s"
                .formatted(
                    counted(report.count(Severity.ERROR), "error", "errors"),
                    counted(report.count(Severity.WARNING), "warning", "warnings"),
                    counted(report.count(Severity.ADVICE), "piece of advice", "pieces of advice")));
    return lines;
  }

  private static String counted(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** The rules, each with why it is and what to do. */
  public static List<String> rules(Iterable<About> rules) {
    var lines = new ArrayList<String>();
    for (About about : rules) {
      lines.add(about.id() + " (" + Report.word(about.severity()) + ")");
      lines.add("    " + about.why());
      lines.add("    Do: " + about.advice());
      lines.add("    Source: " + about.source());
    }
    return lines;
  }
}
