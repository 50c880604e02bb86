package dev.hactl.engine.run;

import dev.hactl.engine.remote.Detached;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.remote.Outcome;
import dev.hactl.engine.remote.RemoteHost;
import dev.hactl.engine.remote.UnreachableException;
import dev.hactl.engine.report.Event;
import java.time.Duration;
import java.util.Optional;

/**
 * Protected steps that lost their controller and went on by themselves. Whoever locks the host next
 * says how they ended and clears away what they left; what they were about is looked at anew, like
 * everything else.
 */
final class Remains {
  /** The lock came free, so they have ended, or will as soon as they have told so. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Remains() {}

  static void takeUp(HostLink link, Emitter emitter) throws HostLost {
    RemoteHost host = link.connect();
    try {
      for (Identity who : link.users()) {
        for (Detached step : host.detached(who)) {
          Outcome outcome = host.attach(who, step, PATIENCE);
          emitter.emit(
              new Event.Noted(
                  link.name(), "run " + step.run() + left(step.task()) + ending(outcome)));
        }
      }
    } catch (UnreachableException e) {
      throw new HostLost(String.valueOf(e.getMessage()), link);
    }
  }

  private static String left(Optional<String> task) {
    return task.map(t -> " started '" + t + "' and did not wait for its end; ")
        .orElse(" lost its controller inside a step that must not be interrupted; ");
  }

  private static String ending(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished f when f.succeeded() -> "it went on by itself and ended well";
      case Outcome.Finished f -> "it went on by itself and ended with status " + f.status();
      case Outcome.TimedOut t -> "it still runs";
      case Outcome.Lost l -> l.why();
      case Outcome.Cancelled c -> "how it ended is not known";
      case Outcome.NotRun n -> "how it ended is not known";
    };
  }
}
