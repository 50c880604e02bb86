package dev.hactl.campaign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * The command line of a campaign.
 *
 * @param numbers which rounds
 * @param commit what is being tested, for the table
 * @param folder where results, output and journals of runs are kept
 * @param table where the results are written for readers
 */
record Options(
    Mode mode,
    String seed,
    List<Integer> numbers,
    boolean resume,
    String commit,
    Path repository,
    List<Path> inventories,
    Path folder,
    Optional<Path> table) {

  static Options of(List<String> arguments) {
    var words = new ArrayList<>(arguments);
    Mode mode = Mode.valueOf(words.removeFirst().toUpperCase(Locale.ROOT));
    String seed = "";
    String commit = "";
    int count = 30;
    Optional<Integer> only = Optional.empty();
    boolean resume = false;
    Path repository = Path.of(".");
    Path folder = Path.of(".");
    var inventories = new ArrayList<Path>();
    Optional<Path> table = Optional.empty();
    while (!words.isEmpty()) {
      switch (words.removeFirst()) {
        case "--seed" -> seed = words.removeFirst();
        case "--count" -> count = Integer.parseInt(words.removeFirst());
        case "--round" -> only = Optional.of(Integer.valueOf(words.removeFirst()));
        case "--resume" -> resume = true;
        case "--commit" -> commit = words.removeFirst();
        case "--repository" -> repository = Path.of(words.removeFirst());
        case "--inventory" -> inventories.add(Path.of(words.removeFirst()));
        case "--folder" -> folder = Path.of(words.removeFirst());
        case "--table" -> table = Optional.of(Path.of(words.removeFirst()));
        case String word -> throw new IllegalArgumentException("unknown: " + word);
      }
    }
    return new Options(
        mode,
        seed.isEmpty() ? commit : seed,
        only.map(List::of).orElse(IntStream.rangeClosed(1, count).boxed().toList()),
        resume || only.isPresent(),
        commit,
        repository,
        inventories,
        folder,
        table);
  }

  /** What decides about a round. */
  RandomGenerator random(int number) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(31L * seed.hashCode() + number);
  }

  /** Applies a playbook of this repository. */
  Controller.Command command(String playbook, Duration deadline) {
    return new Controller.Command(
        repository.resolve("hactl"),
        repository.resolve("playbooks").resolve(playbook),
        inventories,
        folder,
        deadline);
  }
}
