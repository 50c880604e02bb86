package dev.hactl.engine.lint;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import java.util.Optional;
import java.util.Set;

/** Takes what one rule finds. */
public final class Findings {
  private final About about;
  private final Problems problems;
  private final Set<SourceFile> files;

  Findings(About about, Problems problems, Set<SourceFile> files) {
    this.about = about;
    this.problems = problems;
    this.files = files;
  }

  /** Notes that a text was looked at, so that the comments in it count. */
  public void read(SourceFile file) {
    files.add(file);
  }

  /**
   * Notes a finding; what to do is what the rule says.
   *
   * @param place where it stands
   * @param message what is so, one sentence without a full stop
   */
  public void at(Place place, String message) {
    at(place, message, about.advice());
  }

  /** The same with something else to do. */
  public void at(Place place, String message, String advice) {
    problems.add(
        new Problem(
            about.severity(), place, message, Optional.of(advice), Optional.of(about.id())));
  }
}
