package dev.hactl.modules.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Chooses where runs are cut off, from what an undisturbed one started. */
@FunctionalInterface
interface Cuts {
  /** How often a step starts these depends on how fast the host is. */
  Set<String> CHANCY = Set.of("sleep", "sed");

  /**
   * Rows of moments: the first of a row cuts a run on a fresh host, the next one its rerun, and
   * only after the last one a rerun is let through.
   *
   * @param programs everything that jobs started, in order
   * @param steps which of it the steps started, by index
   */
  List<List<Cut>> of(List<String> programs, List<Integer> steps);

  /** At so many moments, evenly from the first program of the steps on, each on a fresh host. */
  static Cuts spread(int many) {
    return (programs, steps) -> {
      var cuts = new LinkedHashSet<Cut>();
      for (int i = 0; i < many && !steps.isEmpty(); i++) {
        cuts.add(Cut.before(steps.get(steps.size() * i / many) + 1));
      }
      return cuts.stream().map(List::of).toList();
    };
  }

  /**
   * For steps that do one thing that counts: before the first program that does it, and then right
   * after it, which is before the first program that looks at what it did. (How often it is tried
   * depends on what else happens on a cluster.)
   */
  static Cuts around(String doing, String looking) {
    return (programs, steps) -> {
      List<List<Cut>> each = each(doing, looking).of(programs, steps);
      return each.isEmpty() ? List.of() : List.of(each.stream().flatMap(List::stream).toList());
    };
  }

  /** Before the first program that begins with each of these words, each on a fresh host. */
  static Cuts each(String... words) {
    return (programs, steps) ->
        Stream.of(words)
            .flatMap(
                w -> beginning(w, programs, steps).stream().limit(1).map(i -> at(programs, i, w)))
            .map(List::of)
            .toList();
  }

  private static List<Integer> beginning(String words, List<String> programs, List<Integer> steps) {
    return steps.stream().filter(i -> programs.get(i).startsWith(words)).toList();
  }

  /**
   * Before the first of each kind of program, in one row, as long as nothing was done yet; then,
   * each on a fresh host, before the first and the last kind that follow.
   *
   * @param doing the words of the program that does what counts
   */
  static Cuts everywhere(String doing) {
    return (programs, steps) -> {
      Set<String> known = new LinkedHashSet<>();
      var before = new ArrayList<Cut>();
      var after = new ArrayList<Cut>();
      boolean done = false;
      for (int step : steps) {
        String name = programs.get(step).split(" ", 2)[0];
        if (!CHANCY.contains(name) && known.add(name + done)) {
          (done ? after : before).add(at(programs, step, name + " "));
        }
        done |= programs.get(step).startsWith(doing);
      }
      var rows = new LinkedHashSet<List<Cut>>();
      rows.add(List.copyOf(before));
      if (!after.isEmpty()) {
        rows.add(List.of(after.getFirst()));
        rows.add(List.of(after.getLast()));
      }
      return List.copyOf(rows);
    };
  }

  /** Before the program at an index, counting those that begin with the same words. */
  private static Cut at(List<String> programs, int index, String words) {
    long same = programs.subList(0, index + 1).stream().filter(p -> p.startsWith(words)).count();
    return Cut.before(Math.toIntExact(same), words);
  }
}
