package dev.hactl.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Runs of {@code playbooks/site.yml} on the machines of {@code lab/up --machines}. A road has
 * several hits, so what is asked for one is done for all of its road.
 *
 * @param reference what an undisturbed road makes of each machine
 */
record RoadTrial(
    Options options, List<LabPower> machines, Controller.Command command, List<String> reference)
    implements Trial {

  static RoadTrial of(Options options) {
    List<LabPower> machines = LabPower.all(options.repository());
    Controller.Command command = options.command("site.yml", Duration.ofMinutes(30));
    var trial = new RoadTrial(options, machines, command, List.of());
    return new RoadTrial(options, machines, command, trial.undisturbed());
  }

  /** Kept between campaigns of the same commit, because it takes long. */
  private List<String> undisturbed() {
    List<Path> files =
        machines.stream()
            .map(m -> options.folder().resolve("site-" + options.commit() + "-" + m.name()))
            .toList();
    try {
      if (!files.stream().allMatch(Files::exists)) {
        LabPower.bare(machines);
        Controller.Ended ended = command.start().await();
        if (ended.exit() != 0) {
          throw new Machine.Failure("an undisturbed run failed: " + ended.tail());
        }
        System.out.println("an undisturbed run takes " + ended.took().toSeconds() + " s");
        for (int i = 0; i < files.size(); i++) {
          Files.writeString(files.get(i), machines.get(i).sh(PairLooks.FINGERPRINT));
        }
      }
      var reference = new ArrayList<String>();
      for (Path file : files) {
        reference.add(Files.readString(file));
      }
      return reference;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Results.Line> perform(int number) {
    int road = (number - 1) / Road.HITS;
    long began = System.nanoTime();
    var lines = new ArrayList<Results.Line>();
    try {
      LabPower.bare(machines);
      var way = new Road(List.copyOf(machines), command);
      RandomGenerator random = options.random(road);
      Road.Travelled made = way.make(random);
      Road.Travelled mended = way.mend(Road.HITS - made.kills().size(), random);
      var kills = new ArrayList<>(made.kills());
      kills.addAll(mended.kills());
      var failures = new ArrayList<>(made.failures());
      failures.addAll(mended.failures());
      for (int i = 0; i < machines.size(); i++) {
        String differs =
            Round.difference(reference.get(i), machines.get(i).sh(PairLooks.FINGERPRINT));
        if (!differs.isEmpty()) {
          failures.add(machines.get(i).name() + " differs:\n" + differs);
        }
      }
      long nanos = (System.nanoTime() - began) / Road.HITS;
      for (Road.Kill kill : kills) {
        int hit = road * Road.HITS + lines.size() + 1;
        lines.add(Results.Line.of(options.seed(), hit, kill, failures, nanos));
      }
    } catch (Machine.Failure e) {
      long nanos = System.nanoTime() - began;
      for (int hit = road * Road.HITS + 1; hit <= (road + 1) * Road.HITS; hit++) {
        lines.add(Results.Line.broken(options.seed(), hit, Blow.KILL, e, nanos / Road.HITS));
      }
    }
    return lines;
  }
}
