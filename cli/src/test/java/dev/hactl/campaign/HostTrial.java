package dev.hactl.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Runs of {@code playbooks/quickstart.yml} on the hosts of {@code lab/up}. */
record HostTrial(
    Options options, List<Machine> machines, Controller.Command command, Undisturbed undisturbed)
    implements Trial {

  static HostTrial of(Options options) {
    List<Machine> machines = LabNode.all(options.repository());
    Controller.Command command = options.command("quickstart.yml", Duration.ofMinutes(5));
    Undisturbed undisturbed = Undisturbed.run(machines, command);
    System.out.println("an undisturbed run takes " + undisturbed.took().toMillis() + " ms");
    return new HostTrial(options, machines, command, undisturbed);
  }

  @Override
  public List<Results.Line> perform(int number) {
    RandomGenerator random = options.random(number);
    Blow blow = options.mode().blow(number);
    Moment moment = options.mode().moment(number, machines, undisturbed.took(), random);
    long began = System.nanoTime();
    try {
      Round.Result result =
          new Round(machines, command, undisturbed.reference()).perform(blow, moment, random);
      return List.of(Results.Line.of(options.seed(), number, result, System.nanoTime() - began));
    } catch (Machine.Failure e) {
      return List.of(
          Results.Line.broken(options.seed(), number, blow, e, System.nanoTime() - began));
    }
  }

  /**
   * What an undisturbed run makes of hosts from which everything was taken, and how long it takes.
   */
  record Undisturbed(Map<Machine, String> reference, Duration took) {
    static Undisturbed run(List<Machine> machines, Controller.Command command) {
      converge(command); // whatever state the hosts were in
      machines.forEach(m -> Alterations.make(m, Alterations.all()));
      return ofFreshHosts(machines, command);
    }

    static Undisturbed ofFreshHosts(List<Machine> machines, Controller.Command command) {
      Duration took = converge(command);
      converge(command);
      return new Undisturbed(Round.fingerprints(machines), took);
    }

    private static Duration converge(Controller.Command command) {
      Controller.Ended ended = command.start().await();
      if (ended.exit() != 0) {
        throw new Machine.Failure("an undisturbed run failed: " + ended.tail());
      }
      return ended.took();
    }
  }
}
