package dev.hactl.campaign;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a campaign is about. */
enum Mode {
  /** SIGKILL. Every second round inside a step, every sixth inside a package transaction. */
  KILLS {
    @Override
    Blow blow(int number) {
      return Blow.KILL;
    }
  },
  /** SIGINT, SIGTERM and SIGINT twice in turn, with the same moments. */
  SIGNALS {
    @Override
    Blow blow(int number) {
      return switch (number % 3) {
        case 0 -> Blow.INT;
        case 1 -> Blow.TERM;
        default -> Blow.INT_TWICE;
      };
    }
  },
  /** SIGKILL to controllers that make a pair of bare machines, or mend it. */
  SITE {
    @Override
    Blow blow(int number) {
      return Blow.KILL;
    }
  };

  abstract Blow blow(int number);

  Moment moment(int number, List<Machine> machines, Duration run, RandomGenerator random) {
    // Rounds come in sixes: anywhen, step, anywhen, step, anywhen, transaction.
    return switch (number % 6) {
      case 1, 3 -> Moment.insideAStep(machines, random);
      case 5 -> Moment.insideATransaction(machines.get(number / 6 % machines.size()), random);
      default -> Moment.anywhen(run, random);
    };
  }
}
