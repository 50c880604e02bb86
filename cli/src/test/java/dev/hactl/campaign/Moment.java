package dev.hactl.campaign;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** When the controller is hit. */
sealed interface Moment {
  /** Some time after its start, whatever happens then. */
  record After(Duration age) implements Moment {}

  /**
   * Inside a step.
   *
   * @param machine whose step
   * @param nth how many steps of that machine to let pass
   * @param program shell pattern of the command lines
   * @param more how long the step is to work on after it was seen
   */
  record Inside(Machine machine, int nth, String program, Duration more) implements Moment {}

  /** Any time of a run that takes about that long. */
  static Moment anywhen(Duration run, RandomGenerator random) {
    return new After(Duration.ofMillis(200 + random.nextLong(run.toMillis())));
  }

  /** Inside some step of some machine. */
  static Moment insideAStep(List<Machine> machines, RandomGenerator random) {
    return new Inside(
        machines.get(random.nextInt(machines.size())), 1 + random.nextInt(14), "*", Duration.ZERO);
  }

  /** Inside a transaction of apt or dnf. */
  static Moment insideATransaction(Machine machine, RandomGenerator random) {
    String program = machine.debian() ? "*apt-get*install*" : "*dnf*install*|*yum*install*";
    return new Inside(machine, 1, program, Duration.ofMillis(random.nextLong(700)));
  }
}
