package dev.hactl.engine.run;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Reporter;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is told, to tell it later. */
final class Recording implements Reporter {
  /** More are not kept: so large a run does not notice a second way through its plays. */
  private static final int MOST = 20_000;

  private final List<Event> events = new ArrayList<>();
  private boolean whole = true;

  @Override
  public void report(Event event) {
    whole = whole && events.size() < MOST;
    if (whole) {
      events.add(event);
    } else {
      events.clear();
    }
  }

  /** Whether nothing was left out. */
  boolean whole() {
    return whole;
  }

  /** Tells it now. */
  void tell(Emitter emitter) {
    events.forEach(emitter::emit);
  }
}
