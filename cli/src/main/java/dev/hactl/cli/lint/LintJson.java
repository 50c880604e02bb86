package dev.hactl.cli.lint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.lint.About;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as JSON, one a line, and a summary as the last line. */
public final class LintJson {
  private LintJson() {}

  /** The lines. */
  public static List<String> of(Report report) {
    var lines = new ArrayList<String>();
    report.problems().forEach(p -> lines.add(json(finding(p, report.rules()))));
    var summary = new LinkedHashMap<String, Object>();
    summary.put("event", "summary");
    summary.put("exit", report.exit());
    summary.put("errors", report.count(Severity.ERROR));
    summary.put("warnings", report.count(Severity.WARNING));
    summary.put("advice", report.count(Severity.ADVICE));
    lines.add(json(summary));
    return lines;
  }

  private static Map<String, Object> finding(Problem found, Map<String, About> rules) {
    Problem problem = found.safe();
    var all = new LinkedHashMap<String, Object>();
    all.put("event", "finding");
    problem.rule().ifPresent(r -> all.put("rule", r));
    all.put("severity", Report.word(problem.severity()));
    all.put("file", problem.place().file().name());
    if (problem.place().line() > 0) {
      all.put("line", problem.place().line());
      all.put("column", problem.place().column());
    }
    all.put("message", problem.message());
    problem.advice().ifPresent(a -> all.put("advice", a));
    About about = problem.rule().map(rules::get).orElse(null);
    if (about != null) {
      all.put("why", about.why());
      all.put("source", about.source());
    }
    return all;
  }

  /** The rules, one a line. */
  public static List<String> rules(Iterable<About> rules) {
    var lines = new ArrayList<String>();
    for (About about : rules) {
      var all = new LinkedHashMap<String, Object>();
      all.put("rule", about.id());
      all.put("severity", Report.word(about.severity()));
      all.put("why", about.why());
      all.put("advice", about.advice());
      all.put("source", about.source());
      lines.add(json(all));
    }
    return lines;
  }

  static String json(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
