package dev.hactl.engine.run;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Reporter;

/** Hands events on, one at a time. */
final class Emitter {
  private final Reporter reporter;

  Emitter(Reporter reporter) {
    this.reporter = reporter;
  }

  synchronized void emit(Event event) {
    reporter.report(event);
  }
}
