package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the keywords of tasks come to on a host. A value that does not fit is thrown with its place,
 * one that is not known yet as missing.
 */
record KeywordValues(Renderer renderer) {

  /** A keyword's text. */
  String text(Node.Scalar scalar, Variables names) {
    return switch (renderer.render(scalar, names)) {
      case Value.Text t -> t.text();
      case Value.Num n -> n.plain();
      case Value.Bool b -> Boolean.toString(b.value());
      case Value.Unknown u -> throw new Evaluation.Missing(u.why());
      default ->
          throw new SourceException(Problem.error(scalar.place(), "a single value is wanted"));
    };
  }

  /** A keyword's whole number, 0 or more. */
  long number(Node.Scalar scalar, Variables names) {
    return number(scalar, text(scalar, names));
  }

  /** How long to wait between the items of a loop: seconds, also parts of one. */
  Duration pause(Node.Scalar scalar, Variables names) {
    return pause(scalar, text(scalar, names));
  }

  /** The time that a text means. */
  static Duration pause(Node.Scalar scalar, String text) {
    if (!text.strip().matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
      throw new SourceException(
          Problem.error(scalar.place(), "a number of seconds is wanted, this is '" + text + "'"));
    }
    return Duration.ofMillis(new BigDecimal(text.strip()).movePointRight(3).longValueExact());
  }

  /** The number that a keyword's text is. */
  static long number(Node.Scalar scalar, String text) {
    if (!text.strip().matches("[0-9]{1,9}")) {
      throw new SourceException(
          Problem.error(scalar.place(), "a whole number is wanted, this is '" + text + "'"));
    }
    return Long.parseLong(text.strip());
  }

  /** The variables that started programs see. */
  Map<String, String> environment(Task task, Variables names) {
    var all = new LinkedHashMap<String, String>();
    for (Node.Mapping mapping : task.keywords().environment()) {
      for (Node.Entry e : mapping.entries()) {
        if (!e.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
          throw new SourceException(
              Problem.error(
                  e.key().place(), "'" + e.name() + "' cannot name a variable of the shell"));
        }
        if (e.value() instanceof Node.Scalar s) {
          all.put(e.name(), text(s, names));
        } else {
          throw new SourceException(
              Problem.error(e.value().place(), "environment holds single values"));
        }
      }
    }
    return all;
  }

  /** What is wrong with the keywords that are only needed once a task is at work. */
  List<Problem> wrong(Task task, Variables names) {
    Task.Keywords k = task.keywords();
    var problems = new Problems();
    collect(problems, () -> environment(task, names));
    Stream.of(k.retries(), k.delay(), k.timeout())
        .flatMap(Optional::stream)
        .forEach(n -> collect(problems, () -> number(n, names)));
    k.loopControl().pause().ifPresent(p -> collect(problems, () -> pause(p, names)));
    return problems.all();
  }

  private static void collect(Problems problems, Runnable evaluation) {
    try {
      evaluation.run();
    } catch (SourceException e) {
      problems.addAll(e.problems());
    } catch (Evaluation.Missing e) {
      // Known when its turn comes.
    }
  }
}
