package dev.hactl.campaign;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Many rounds on the hosts of {@code lab/up}; started by {@code lab/campaign}. The seed and the
 * number of a round decide everything about it, so that a round can be repeated alone and a
 * campaign goes on where it stopped.
 */
final class Campaign {
  private final Options options;
  private final List<Machine> machines;
  private final Controller.Command command;

  private Campaign(Options options) {
    this.options = options;
    this.machines = LabNode.all(options.repository());
    this.command =
        new Controller.Command(
            options.repository().resolve("hactl"),
            options.repository().resolve("playbooks/quickstart.yml"),
            options.inventory(),
            options.folder());
  }

  /** Exit status 0: all rounds went well; 1: one did not. */
  public static void main(String[] arguments) throws Exception {
    System.exit(new Campaign(Options.of(List.of(arguments))).run() ? 0 : 1);
  }

  private boolean run() throws IOException {
    var results =
        new Results(options.folder().resolve(options.mode().name().toLowerCase() + ".tsv"));
    List<Results.Line> done =
        new ArrayList<>(options.resume() ? results.of(options.seed()) : List.of());
    if (!options.resume()) {
      results.clear();
    }
    List<Integer> open =
        options.numbers().stream()
            .filter(n -> done.stream().noneMatch(l -> l.number() == n && l.well()))
            .toList();
    if (!open.isEmpty()) {
      perform(open, done, results);
    }
    done.sort(Comparator.comparing(Results.Line::number));
    if (options.table().isPresent()) {
      Table.write(options.table().get(), options, done);
    }
    long bad = done.stream().filter(l -> !l.well()).count();
    say(done.size() + " rounds, " + bad + " failed (seed " + options.seed() + ")");
    return bad == 0;
  }

  private void perform(List<Integer> open, List<Results.Line> done, Results results)
      throws IOException {
    Undisturbed undisturbed = Undisturbed.run(machines, command);
    say("an undisturbed run takes " + undisturbed.took().toMillis() + " ms");
    for (int number : open) {
      Results.Line line = round(number, undisturbed);
      done.removeIf(l -> l.number() == number);
      done.add(line);
      results.add(line);
      say(line.shown());
    }
  }

  private Results.Line round(int number, Undisturbed undisturbed) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(31L * options.seed().hashCode() + number);
    Blow blow = options.mode().blow(number);
    Moment moment = options.mode().moment(number, machines, undisturbed.took(), random);
    long began = System.nanoTime();
    try {
      Round.Result result =
          new Round(machines, command, undisturbed.reference()).perform(blow, moment, random);
      return Results.Line.of(options.seed(), number, result, System.nanoTime() - began);
    } catch (Machine.Failure e) {
      return Results.Line.broken(options.seed(), number, blow, e, System.nanoTime() - began);
    }
  }

  private static void say(String text) {
    System.out.println(text);
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
