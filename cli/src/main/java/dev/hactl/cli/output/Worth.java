package dev.hactl.cli.output;

import dev.hactl.engine.report.Outcome;

/** Which outcomes need not be seen one by one. */
final class Worth {
  private Worth() {}

  /** Nothing to do, or not run: what every converged run is full of. */
  static boolean folding(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Ok _, Outcome.Skipped _ -> true;
      case Outcome.Changed _,
          Outcome.Unknown _,
          Outcome.Failed _,
          Outcome.Unreachable _,
          Outcome.Refused _,
          Outcome.Said _ ->
          false;
    };
  }

  static boolean skipped(Outcome outcome) {
    return outcome instanceof Outcome.Skipped;
  }
}
