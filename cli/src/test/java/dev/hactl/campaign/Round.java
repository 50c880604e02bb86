package dev.hactl.campaign;

import dev.hactl.campaign.Machine.Failure;
import dev.hactl.campaign.Watch.Caught;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * One controller that is hit while it works, and everything that has to hold afterwards: nothing
 * interruptible goes on, no package transaction is broken, the next run says what it finds and
 * repairs it, the one after has nothing to do, and the hosts are what an undisturbed run makes.
 */
final class Round {
  private static final Duration GONE = Duration.ofSeconds(5);
  private static final int TRIES = 6;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final List<Machine> machines;
  private final Controller.Command command;
  private final Map<Machine, String> reference;
  private final List<String> failures = new ArrayList<>();

  /**
   * A round.
   *
   * @param reference the fingerprint of each machine after an undisturbed run
   */
  Round(List<Machine> machines, Controller.Command command, Map<Machine, String> reference) {
    this.machines = machines;
    this.command = command;
    this.reference = reference;
  }

  /**
   * What became of it.
   *
   * @param inside the processes of the step that was at work when the controller was hit
   * @param left what the hit run left for the next one to say
   * @param repaired how many tasks the next run changed
   */
  record Result(
      Blow blow,
      String when,
      Optional<String> inside,
      List<String> left,
      int repaired,
      List<String> failures) {}

  /** Fingerprints of all machines. */
  static Map<Machine, String> fingerprints(List<Machine> machines) {
    var all = new HashMap<Machine, String>();
    machines.forEach(m -> all.put(m, m.sh(Looks.FINGERPRINT)));
    return all;
  }

  /** Alters the hosts and hits a run at that moment. */
  Result perform(Blow blow, Moment moment, RandomGenerator random) {
    Hit hit = hit(blow, moment, random);
    gone(hit);
    if (blow == Blow.INT || blow == Blow.TERM) {
      waited();
    }
    machines.forEach(m -> m.sh(Looks.AWAIT_PROTECTED));
    for (Machine machine : machines) {
      String troubles = machine.sh(Looks.packageTroubles(machine));
      expect(troubles.isEmpty(), machine.name() + ": broken packages: " + troubles);
    }
    var left = new ArrayList<String>();
    machines.forEach(m -> m.sh(Looks.NOTES).lines().forEach(n -> left.add(m.name() + " " + n)));
    int repaired = repair(left);
    return new Result(blow, hit.when, hit.inside, left, repaired, List.copyOf(failures));
  }

  /** How a controller was hit. */
  private record Hit(String when, Optional<String> inside, long nanos) {}

  private Hit hit(Blow blow, Moment moment, RandomGenerator random) {
    Moment next = moment;
    for (int tries = 0; tries < TRIES; tries++) {
      List<String> altered = Alterations.some(random);
      machines.forEach(m -> Alterations.make(m, altered));
      Controller controller = command.start();
      Optional<Hit> hit =
          switch (next) {
            case Moment.After after -> after(blow, after, controller);
            case Moment.Inside inside -> inside(blow, inside, controller);
          };
      Controller.Ended ended = controller.await();
      if (hit.isPresent() && ended.exit() == blow.exit()) {
        told(blow, ended);
        return hit.get();
      }
      if (ended.exit() != 0) {
        failures.add("the run ended with " + ended.exit() + " by itself: " + ended.tail());
        return hit.orElse(new Hit("never", Optional.empty(), System.nanoTime()));
      }
      // The run was over before its moment came: an earlier one.
      next =
          switch (next) {
            case Moment.After a -> new Moment.After(a.age().dividedBy(2));
            case Moment.Inside i ->
                new Moment.Inside(i.machine(), Math.max(1, i.nth() / 2), i.program(), i.more());
          };
    }
    throw new Failure("its moment never came: " + moment);
  }

  private static Optional<Hit> after(Blow blow, Moment.After moment, Controller controller) {
    controller.awaitAge(moment.age());
    if (!controller.running()) {
      return Optional.empty();
    }
    blow.hit(controller);
    return Optional.of(
        new Hit(moment.age().toMillis() + " ms", Optional.empty(), System.nanoTime()));
  }

  private static Optional<Hit> inside(Blow blow, Moment.Inside moment, Controller controller) {
    var watch =
        CompletableFuture.supplyAsync(() ->
            Watch.step(moment.machine(), moment.nth(), moment.program(), controller::running));
    Optional<Caught> caught = watch.join();
    if (caught.isEmpty()) {
      return Optional.empty();
    }
    Caught step = caught.get();
    if (!moment.more().isZero()) {
      step.work(moment.more());
    }
    String when = "step " + moment.nth() + " of " + moment.machine().name();
    Hit hit;
    if (blow == Blow.KILL) {
      blow.hit(controller);
      hit = new Hit(when, Optional.of(step.what()), System.nanoTime());
      controller.await();
      step.go();
    } else {
      // A stopped process would not hear what the controller sends it.
      step.go();
      blow.hit(controller);
      hit = new Hit(when, Optional.of(step.what()), System.nanoTime());
    }
    return Optional.of(hit);
  }

  /** An operator who ends a run is told what is done about it. */
  private void told(Blow blow, Controller.Ended ended) {
    boolean began = !ended.saying("\"event\":\"run_started\"").isEmpty();
    if (blow != Blow.KILL && began) {
      expect(!ended.saying("\"event\":\"interrupting\"").isEmpty(), "no word: " + ended.tail());
      expect(
          blow != Blow.INT_TWICE || ended.err().contains("SIGINT again"), "no farewell: " + ended);
      boolean recap = !ended.saying("\"event\":\"recap\"").isEmpty();
      expect(recap || blow == Blow.INT_TWICE, "no recap: " + ended.tail());
    }
  }

  private void gone(Hit hit) {
    for (Machine machine : machines) {
      String processes = machine.sh(Looks.INTERRUPTIBLE);
      while (!processes.isEmpty() && System.nanoTime() - hit.nanos < GONE.toNanos()) {
        sleep(Math.min(LOOK.toNanos(), GONE.toNanos() - (System.nanoTime() - hit.nanos)));
        processes = machine.sh(Looks.INTERRUPTIBLE);
      }
      expect(processes.isEmpty(), machine.name() + " still runs after 5 s: " + processes);
    }
  }

  /** A run that is ended in order waits for what must not be interrupted. */
  private void waited() {
    for (Machine machine : machines) {
      String running = machine.sh(Looks.PROTECTED);
      expect(running.isEmpty(), machine.name() + " was not waited for: " + running);
    }
  }

  private int repair(List<String> left) {
    machines.forEach(m -> m.sh("systemctl reset-failed"));
    Controller.Ended next = command.start().await();
    expect(next.exit() == 0, "the next run ended with " + next.exit() + ": " + next.tail());
    for (Machine machine : machines) {
      if (left.stream().anyMatch(n -> n.startsWith(machine.name() + " ./intents"))) {
        List<String> said =
            next.saying("was interrupted").stream()
                .filter(e -> e.contains("\"" + machine.name() + "\""))
                .toList();
        expect(!said.isEmpty(), "nothing said about what is unfinished on " + machine.name());
        expect(said.stream().distinct().count() == said.size(), "said twice: " + said);
      }
    }
    if (left.stream().anyMatch(n -> n.contains("./handlers"))) {
      expect(!next.saying("\"leftover\":true").isEmpty(), "a handler was lost: " + next.tail());
    }
    Controller.Ended third = command.start().await();
    expect(third.exit() == 0, "the third run ended with " + third.exit() + ": " + third.tail());
    expect(third.changed() == 0, "the third run changed " + third.changed() + ": " + third.tail());
    expect(third.saying("was interrupted").isEmpty(), "still unfinished: " + third.events());
    fingerprints(machines)
        .forEach((machine, now) -> {
          String difference = difference(reference.get(machine), now);
          expect(difference.isEmpty(), machine.name() + " differs:\n" + difference);
        });
    return next.changed();
  }

  /** Lines of either side that the other does not have. */
  static String difference(String wanted, String found) {
    var lines = new ArrayList<String>();
    List<String> before = wanted.lines().toList();
    List<String> after = found.lines().toList();
    before.stream().filter(l -> !after.contains(l)).forEach(l -> lines.add("- " + l));
    after.stream().filter(l -> !before.contains(l)).forEach(l -> lines.add("+ " + l));
    return String.join("\n", lines);
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      failures.add(otherwise);
    }
  }

  private static void sleep(long nanos) {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, nanos)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }
}
