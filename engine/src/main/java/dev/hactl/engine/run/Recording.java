package dev.hactl.engine.run;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.report.Reporter;
import java.util.ArrayList;
import java.util.List;

/**
 * What the first way through the plays would have told. Where it finds every host as wanted, the
 * second way would look at the same answers and tell the same, so it is not gone.
 */
final class Recording implements Reporter {
  /** More are not kept: so large a run does not notice a second way. */
  private static final int MOST = 20_000;

  private final List<Event> events = new ArrayList<>();
  private boolean calm = true;

  @Override
  public void report(Event event) {
    calm = calm && events.size() < MOST && calm(event);
    if (calm) {
      events.add(event);
    } else {
      events.clear();
    }
  }

  private static boolean calm(Event event) {
    return switch (event) {
      case Event.TaskEnded e ->
          switch (e.outcome()) {
            case Outcome.Ok o -> true;
            case Outcome.Skipped s -> true;
            case Outcome.Said s -> true;
            case Outcome.Changed c -> false;
            case Outcome.Unknown u -> false;
            case Outcome.Failed f -> false;
            case Outcome.Unreachable u -> false;
            case Outcome.Refused r -> false;
          };
      case Event.PlayStarted p -> true;
      case Event.PlaySkipped p -> true;
      case Event.TaskStarted t -> true;
      case Event.Noted n -> true;
      case Event.RunStarted r -> true;
      case Event.Warned x -> true;
      case Event.PlayStopped p -> false;
      case Event.Retrying r -> false;
      case Event.Progress p -> false;
      case Event.Interrupting i -> false;
      case Event.Recap r -> false;
    };
  }

  /** Whether nothing but hosts as wanted was met. */
  boolean calm() {
    return calm;
  }

  /** Tells it now. */
  void tell(Emitter emitter) {
    events.forEach(emitter::emit);
  }
}
