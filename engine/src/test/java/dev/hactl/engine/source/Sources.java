package dev.hactl.engine.source;

import java.util.List;
import java.util.stream.Collectors;

/** Texts for tests of every station. */
public final class Sources {
  private Sources() {}

  /** The node of a text named {@code x.yml} in which nothing is wrong. */
  public static Node yaml(String text) {
    var problems = new Problems();
    Node node = YamlReader.parse(new SourceFile("x.yml", text), problems).orElseThrow();
    problems.throwIfErrors();
    return node;
  }

  /** A mapping; see {@link #yaml}. */
  public static Node.Mapping mapping(String text) {
    return (Node.Mapping) yaml(text);
  }

  /** A single value; see {@link #yaml}. */
  public static Node.Scalar scalar(String text) {
    return (Node.Scalar) yaml(text);
  }

  /** Problems in one line each: place, severity, message and advice, without the quoted lines. */
  public static String brief(List<Problem> problems) {
    return problems.stream().map(Sources::brief).collect(Collectors.joining("\n"));
  }

  /** The same for a load that was refused. */
  public static String brief(SourceException refused) {
    return brief(refused.problems());
  }

  private static String brief(Problem p) {
    String severity = p.severity() == Problem.Severity.ERROR ? "" : "warning: ";
    return p.place() + ": " + severity + p.message() + p.advice().map(a -> " | " + a).orElse("");
  }
}
