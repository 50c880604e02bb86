package dev.hactl.campaign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** Many rounds on the lab's hosts or machines; started by {@code lab/campaign}. */
final class Campaign {
  private final Options options;

  private Campaign(Options options) {
    this.options = options;
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
    Trial trial = Trial.of(options);
    var performed = new HashSet<Integer>();
    for (int number : open) {
      if (performed.contains(number)) {
        continue; // it came with another
      }
      for (Results.Line line : trial.perform(number)) {
        performed.add(line.number());
        done.removeIf(l -> l.number() == line.number());
        done.add(line);
        results.add(line);
        say(line.shown());
      }
    }
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
