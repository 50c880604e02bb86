package dev.hactl.cli.lint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.lint.About;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines. */
public final class Sarif {
  /** Stands for the rule that a mistake breaks: the language itself. */
  private static final About MISTAKE =
      About.error(
          "mistake",
          "hactl refuses to run this.",
          "hactl apply --syntax-check",
          "correct what the message names");

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  /** The document. */
  public static String of(Report report) {
    var rules = new ArrayList<About>();
    rules.add(MISTAKE);
    rules.addAll(report.rules().values());
    var driver = map("name", "hactl", "version", report.version());
    driver.put("rules", rules.stream().map(Sarif::rule).toList());
    var run = map("tool", map("driver", driver));
    run.put("columnKind", "unicodeCodePoints");
    run.put("results", report.problems().stream().map(p -> result(p, rules)).toList());
    var log = map("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run));
    try {
      return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(log);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Map<String, Object> rule(About about) {
    return map(
        "id",
        about.id(),
        "shortDescription",
        map("text", about.why()),
        "fullDescription",
        map("text", about.why() + " Source: " + about.source()),
        "help",
        map("text", about.advice()),
        "defaultConfiguration",
        map("level", level(about.severity())));
  }

  private static Map<String, Object> result(Problem found, List<About> rules) {
    Problem problem = found.safe();
    String id = problem.rule().orElse(MISTAKE.id());
    var result = map("ruleId", id);
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).id().equals(id)) {
        result.put("ruleIndex", i);
      }
    }
    result.put("level", level(problem.severity()));
    result.put(
        "message", map("text", problem.message() + problem.advice().map(a -> "\n" + a).orElse("")));
    result.put("locations", List.of(map("physicalLocation", location(problem.place()))));
    return result;
  }

  private static Map<String, Object> location(Place place) {
    var location = map("artifactLocation", map("uri", uri(place.file().name())));
    if (place.line() > 0) {
      location.put("region", map("startLine", place.line(), "startColumn", place.column()));
    }
    return location;
  }

  private static String uri(String name) {
    try {
      Path path = Path.of(name).normalize();
      return path.isAbsolute()
          ? path.toUri().toString()
          : new URI(null, null, path.toString(), null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String level(Problem.Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case ADVICE -> "note";
    };
  }

  private static Map<String, Object> map(Object... words) {
    var all = new LinkedHashMap<String, Object>();
    for (int i = 0; i < words.length; i += 2) {
      all.put((String) words[i], words[i + 1]);
    }
    return all;
  }
}
