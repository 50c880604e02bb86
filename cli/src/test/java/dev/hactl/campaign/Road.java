package dev.hactl.campaign;

import dev.hactl.campaign.Machine.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two bare machines become a pair although the controller is killed again and again; then what was
 * taken away from the pair comes back likewise, and the data on it stays.
 */
public final class Road {
  /** How often the controller is killed on one road, before the pair stands and afterwards. */
  public static final int HITS = 5;

  private static final int BEFORE = 3;

  private static final Duration GONE = Duration.ofSeconds(5);
  private static final int TRIES = 6;
  private static final int STEPS_BEFORE = 12;
  private static final int STEPS_AFTER = 3;
  private static final int MILLIS = 4000;

  private final List<Machine> machines;
  private final Controller.Command command;
  private final List<Kill> kills = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int missed;

  /**
   * A road.
   *
   * @param machines both of the pair
   * @param command applies {@code playbooks/site.yml}
   */
  public Road(List<Machine> machines, Controller.Command command) {
    this.machines = machines;
    this.command = command;
  }

  /**
   * A controller that was killed.
   *
   * @param when how many changes it had made, how long ago the last, and how many earlier runs had
   *     ended before their moment came
   * @param task the task it was at
   * @param left what it left on the machines for the next run to say
   * @param next how many changes the next run made, until it ended or was killed as well
   */
  public record Kill(String when, String task, List<String> left, int next) {}

  /**
   * What became of it.
   *
   * @param events what all runs told
   * @param failures what did not hold, with its evidence
   */
  public record Travelled(List<Kill> kills, List<String> events, List<String> failures) {}

  /** Makes a pair of bare machines. */
  public Travelled make(RandomGenerator random) {
    boolean there = false;
    while (kills.size() < BEFORE && !there) {
      there = !killed(1 + random.nextInt(STEPS_BEFORE), delay(random));
    }
    if (!there) {
      arrive();
    }
    return end();
  }

  /**
   * Takes something away from the pair, lets it be repaired, and looks whether all is well then.
   *
   * @param hits how often a controller is to be killed
   */
  public Travelled mend(int hits, RandomGenerator random) {
    String data = active().sh(PairLooks.WRITE_DATA);
    for (int i = 0; i < hits; i++) {
      killedWhileRepairing(random);
    }
    arrive();
    Controller.Ended last = command.start().await();
    expect(last.exit() == 0 && last.changed() == 0, "the last run changed: " + last.tail());
    expect(last.saying("was interrupted").isEmpty(), "still unfinished: " + last.events());
    expect(active().sh(PairLooks.READ_DATA).equals(data), "the data is not what was written");
    for (Machine machine : machines) {
      String troubles = machine.sh(Looks.packageTroubles(machine));
      expect(troubles.isEmpty(), machine.name() + ": broken packages: " + troubles);
      String left = machine.sh(PairLooks.LEFT);
      expect(left.isEmpty(), machine.name() + ": left behind: " + left);
    }
    return end();
  }

  private Travelled end() {
    var travelled = new Travelled(List.copyOf(kills), List.copyOf(events), List.copyOf(failures));
    kills.clear();
    events.clear();
    failures.clear();
    return travelled;
  }

  private static Duration delay(RandomGenerator random) {
    return Duration.ofMillis(random.nextInt(MILLIS));
  }

  private void killedWhileRepairing(RandomGenerator random) {
    int changes = random.nextInt(STEPS_AFTER);
    for (int tries = 0; tries < TRIES; tries++) {
      PairAlterations.make(machines, active(), random);
      if (killed(changes, delay(random))) {
        return;
      }
      changes /= 2;
    }
    throw new Failure("each of " + TRIES + " runs was over before it could be killed");
  }

  /** Starts a run and kills it some time after so many changes; false when it was over before. */
  private boolean killed(int changes, Duration later) {
    Controller controller = command.start();
    while (controller.running() && controller.changes() < changes) {
      controller.awaitAge(controller.age().plusMillis(50));
    }
    controller.awaitAge(controller.age().plus(later));
    boolean hit = controller.running();
    if (hit) {
      Blow.KILL.hit(controller);
    }
    Controller.Ended ended = controller.await();
    count(ended);
    if (!hit || ended.exit() != Blow.KILL.exit()) {
      expect(ended.exit() == 0, "a run ended by itself: " + ended.tail());
      missed++;
      return false;
    }
    gone(System.nanoTime());
    var left = new ArrayList<String>();
    machines.forEach(m -> m.sh(Looks.NOTES).lines().forEach(n -> left.add(m.name() + " " + n)));
    String when = changes + " changes + " + later.toMillis() + " ms";
    if (missed > 0) {
      when += " (runs that had already ended: " + missed + ")";
      missed = 0;
    }
    kills.add(new Kill(when, ended.lastTask(), left, 0));
    return true;
  }

  /** What this run changed is what followed on the last kill. */
  private void count(Controller.Ended ended) {
    events.addAll(ended.events());
    if (!kills.isEmpty()) {
      Kill kill = kills.removeLast();
      kills.add(new Kill(kill.when, kill.task, kill.left, kill.next + ended.changes()));
    }
  }

  private void gone(long killed) {
    for (Machine machine : machines) {
      String processes = machine.sh(Looks.INTERRUPTIBLE);
      while (!processes.isEmpty() && System.nanoTime() - killed < GONE.toNanos()) {
        processes = machine.sh(Looks.INTERRUPTIBLE);
      }
      expect(processes.isEmpty(), machine.name() + " still runs after 5 s: " + processes);
    }
  }

  private void arrive() {
    Controller.Ended ended = command.start().await();
    count(ended);
    if (ended.exit() != 0) {
      throw new Failure(
          "after " + kills + " the run ended with " + ended.exit() + ": " + ended.tail());
    }
  }

  private Machine active() {
    return machines.stream()
        .filter(m -> m.sh(PairLooks.IS_ACTIVE).equals("yes"))
        .findFirst()
        .orElseThrow(() -> new Failure("the file system of the pair is mounted nowhere"));
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      failures.add(otherwise);
    }
  }
}
