package dev.hactl.modules.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a package task wants, whatever module it was written with.
 *
 * @param choice the tool
 * @param state the wished state
 * @param wanted packages by name
 * @param archives paths of local archives
 * @param whole what to do to the whole host: {@code upgrade}, {@code dist-upgrade}, ...
 * @param refresh how old the package lists may be, in seconds; empty leaves them alone
 * @param options how
 */
record PackageTask(
    Choice choice,
    State state,
    List<Wanted> wanted,
    List<String> archives,
    List<String> whole,
    Optional<Long> refresh,
    Options options) {

  /** Lists younger than this count as fresh when a task does not say. */
  static final long FRESH_SECONDS = 3600;

  /** The wished state. */
  enum State {
    PRESENT,
    ABSENT,
    LATEST
  }

  /** The question that this task puts. */
  Query query() {
    var names = new ArrayList<String>();
    for (Wanted w : wanted) {
      names.add(w.dpkgName());
      names.addAll(w.rpmNames());
    }
    return new Query(
        choice,
        names.stream().distinct().toList(),
        archives,
        refresh.isPresent(),
        Tools.of(choice).stream().flatMap(t -> lookups(t).stream()).toList());
  }

  /** What only some tasks have to know. */
  List<Lookup> lookups(Tool tool) {
    var lookups = new ArrayList<Lookup>();
    if (state == State.LATEST && !wanted.isEmpty()) {
      lookups.add(candidates(tool));
    }
    whole.forEach(verb -> lookups.add(whole(tool, verb)));
    return lookups;
  }

  /** The question for newer versions. */
  Lookup candidates(Tool tool) {
    return Lookup.candidates(
        tool, options.words(), wanted.stream().map(w -> plainName(w, tool)).toList());
  }

  /** The question what a transaction on the whole host would do. */
  Lookup whole(Tool tool, String verb) {
    return new Lookup(
        tool, Commands.of(tool).simulation(new Request.Whole(verb), options), List.of());
  }

  private static String plainName(Wanted w, Tool tool) {
    return tool.dpkg() ? w.name() : w.rpmNames().getFirst();
  }
}
