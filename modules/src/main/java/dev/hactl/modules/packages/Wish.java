package dev.hactl.modules.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of a task is not yet so, and whether an observation shows it done. Pure. */
final class Wish {
  private final PackageTask task;
  private final Observed observed;
  private final Tool tool;
  private final Matching matching;

  Wish(PackageTask task, Observed observed, Tool tool) {
    this.task = task;
    this.observed = observed;
    this.tool = tool;
    this.matching = new Matching(observed);
  }

  /** Whether nothing is left to do, lists and leftovers aside. */
  boolean fulfilled() {
    return specs().isEmpty() && task.whole().stream().allMatch(v -> whole(v).moves().isEmpty());
  }

  /** The operands of the transaction that is needed. */
  List<String> specs() {
    var specs = new ArrayList<String>();
    for (Wanted w : task.wanted()) {
      switch (task.state()) {
        case ABSENT -> specs.addAll(removals(w));
        case PRESENT, LATEST -> install(w).ifPresent(specs::add);
      }
    }
    for (String path : task.archives()) {
      Optional.ofNullable(observed.archives().get(path))
          .flatMap(Archive::content)
          .filter(this::archivePending)
          .ifPresent(content ->
              specs.add(task.state() == PackageTask.State.ABSENT ? content.name() : path));
    }
    return specs.stream().distinct().toList();
  }

  /** Every name as the tool takes it, done or not. */
  List<String> all() {
    var specs = new ArrayList<String>();
    task.wanted().forEach(w -> specs.add(spec(w)));
    specs.addAll(task.archives());
    return specs;
  }

  /** Names to be removed that are only provided by packages of other names. */
  List<String> providedOnly() {
    return task.wanted().stream()
        .filter(w -> matching.named(w).isEmpty() && !matching.providers(w).isEmpty())
        .map(w -> w.name() + " is provided by " + matching.providers(w).getFirst().name())
        .toList();
  }

  /** Unfinished packages that the task names. */
  boolean concernsUnfinished() {
    return task.wanted().stream()
        .flatMap(w -> matching.named(w).stream())
        .anyMatch(Installed::unfinished);
  }

  /** What a transaction on the whole host would do. */
  Simulation whole(String verb) {
    String text = observed.lookups().getOrDefault(task.whole(tool, verb).command(), "");
    return Commands.of(tool).read(text);
  }

  private Optional<String> install(Wanted w) {
    Optional<Installed> there = matching.satisfying(w);
    if (there.isEmpty()) {
      return task.options().onlyUpgrade() && matching.named(w).isEmpty()
          ? Optional.empty()
          : Optional.of(spec(w));
    }
    if (task.state() != PackageTask.State.LATEST || w.versioned()) {
      return Optional.empty();
    }
    return newer(w, there.get());
  }

  // A name that a package of another name provides has no newest version of its own.
  private Optional<String> newer(Wanted w, Installed there) {
    String text = observed.lookups().getOrDefault(task.candidates(tool).command(), "");
    if (tool.dpkg()) {
      Map<String, String> candidates = AptOutput.candidates(text);
      String candidate =
          candidates.getOrDefault(w.name(), candidates.getOrDefault(w.dpkgName(), there.version()));
      return there.name().equals(w.dpkgName()) && !candidate.equals(there.version())
          ? Optional.of(w.spec())
          : Optional.empty();
    }
    RpmOutput.Update update = RpmOutput.updates(text).get(there.name());
    return update == null
        ? Optional.empty()
        : Optional.of(
            there.name()
                + "-"
                + update.version().substring(update.version().indexOf(':') + 1)
                + "."
                + update.architecture());
  }

  private List<String> removals(Wanted w) {
    return matching.named(w).stream()
        .filter(p -> p.state() != Installed.State.CONFIGURATION || task.options().purge())
        .filter(p ->
            p.unfinished()
                || !w.versioned()
                || matching.satisfying(w).filter(p::equals).isPresent())
        .map(p -> tool.dpkg() ? w.name() : p.name() + "." + p.architecture())
        .toList();
  }

  private boolean archivePending(Installed content) {
    Optional<Installed> same = matching.same(content);
    if (task.state() == PackageTask.State.ABSENT) {
      return same.isPresent();
    }
    if (same.isEmpty()) {
      return true;
    }
    int order = matching.compare(same.get().version(), content.version());
    return order < 0 || (order > 0 && task.options().allowDowngrade());
  }

  private String spec(Wanted w) {
    if (tool.dpkg()) {
      // apt-get takes one version only; for a bound the newest one is tried and then verified.
      return w.operator().equals("=") ? w.name() + "=" + w.version() : w.name();
    }
    if (!w.versioned()) {
      return w.name();
    }
    return w.operator().equals("=")
        ? w.name() + "-" + w.version()
        : w.name() + " " + w.operator() + " " + w.version();
  }
}
