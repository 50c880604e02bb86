package dev.hactl.engine.report;

/** Takes the events of a run. Called by one thread at a time. */
@FunctionalInterface
public interface Reporter {
  /** Takes the next event. */
  void report(Event event);

  /** Whether it also shows what tasks resulted in, as {@code register} sees it. */
  default boolean showsResults() {
    return false;
  }
}
