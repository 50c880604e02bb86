package dev.hactl.engine.source;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the user wrote cannot be used; carries every problem found. Ends a command with exit code 6.
 */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** One or more problems, at least one of them an error. */
  public SourceException(List<Problem> problems) {
    super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** A single error. */
  public SourceException(Problem problem) {
    this(List.of(problem));
  }

  /** The problems, in the order they were found. */
  public List<Problem> problems() {
    return problems;
  }
}
