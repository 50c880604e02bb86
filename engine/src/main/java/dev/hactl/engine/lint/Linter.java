package dev.hactl.engine.lint;

import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Has rules look, and heeds the comments that silence them. */
public final class Linter {
  private final List<LintRule> rules;
  private final Map<String, List<Single>> singles = new HashMap<>();
  private final Set<String> known;
  private final Set<SourceFile> files = new LinkedHashSet<>();

  /** A rule that looks at single tasks, and where it notes what it finds. */
  private record Single(LintRule.Look.Seen look, Findings findings) {}

  /** Their findings, in the order of the rules. */
  private final Map<LintRule, Problems> ofSingles = new LinkedHashMap<>();

  /**
   * A linter.
   *
   * @param rules those that look
   * @param known the ids of all rules there are
   */
  public Linter(List<LintRule> rules, Collection<String> known) {
    this.rules = List.copyOf(rules);
    this.known = Set.copyOf(known);
    for (LintRule rule : this.rules) {
      if (rule.look() instanceof LintRule.Look.Seen seen) {
        var found = new Problems();
        var single = new Single(seen, new Findings(rule.about(), found, files));
        ofSingles.put(rule, found);
        seen.modules().forEach(m -> singles.computeIfAbsent(m, k -> new ArrayList<>()).add(single));
      }
    }
  }

  /** Looks at a task as it comes to be on a host. May be called by several threads. */
  public synchronized void see(SeenTask task) {
    for (Single single : singles.getOrDefault(task.module(), List.of())) {
      single.look().look().accept(task, single.findings());
    }
  }

  /**
   * Notes what the rules find and found.
   *
   * @param problems what is known already
   */
  public void look(Sights sights, Problems problems) {
    for (LintRule rule : rules) {
      var findings = new Findings(rule.about(), problems, files);
      switch (rule.look()) {
        case LintRule.Look.Written w -> sights.written().forEach(t -> w.look().accept(t, findings));
        case LintRule.Look.Book b -> sights.books().forEach(p -> b.look().accept(p, findings));
        case LintRule.Look.Seen s -> problems.addAll(found(rule));
        case LintRule.Look.Cluster c ->
            sights.clusters().forEach(cluster -> c.look().accept(cluster, findings));
      }
    }
  }

  /** What a rule found in single tasks, by its places: threads find it in any order. */
  private synchronized List<Problem> found(LintRule rule) {
    return Objects.requireNonNull(ofSingles.get(rule)).all().stream()
        .sorted(
            Comparator.comparing((Problem p) -> p.place().file().name())
                .thenComparingInt(p -> p.place().line())
                .thenComparingInt(p -> p.place().column())
                .thenComparing(Problem::message))
        .toList();
  }

  /** What a comment speaks of. */
  private record Line(SourceFile file, int number) {}

  /**
   * What is left when comments are heeded, with what is wrong with the comments themselves.
   *
   * @param found all problems
   * @param read the texts whose comments count
   * @param chosen the ids of the rules that are to be told
   * @param whole whether a comment that silenced nothing does so for sure
   */
  public List<Problem> heed(
      List<Problem> found, Collection<SourceFile> read, Set<String> chosen, boolean whole) {
    var all = new LinkedHashSet<>(read);
    all.addAll(files);
    found.forEach(p -> all.add(p.place().file()));
    List<Ignore> ignores = all.stream().flatMap(f -> Ignore.in(f).stream()).toList();
    Map<Line, List<Ignore>> byLine =
        ignores.stream().collect(Collectors.groupingBy(i -> new Line(i.place().file(), i.line())));
    var left = new Problems();
    var idle = new HashSet<>(ignores);
    for (Problem problem : found) {
      var line = new Line(problem.place().file(), problem.place().line());
      List<Ignore> heeded =
          byLine.getOrDefault(line, List.of()).stream().filter(i -> i.silences(problem)).toList();
      idle.removeAll(Set.copyOf(heeded));
      if (heeded.isEmpty() && problem.rule().map(chosen::contains).orElse(true)) {
        left.add(problem);
      }
    }
    for (Ignore ignore : ignores) {
      wrong(ignore, idle.contains(ignore), chosen, whole, left);
    }
    return left.all();
  }

  private void wrong(
      Ignore ignore, boolean idle, Set<String> chosen, boolean whole, Problems problems) {
    About about =
        ignore.rule().isEmpty() || !known.contains(ignore.rule())
            ? Told.IGNORE_UNKNOWN
            : ignore.reason().isEmpty() ? Told.IGNORE_WITHOUT_REASON : Told.IGNORE_UNUSED;
    boolean unused = about.equals(Told.IGNORE_UNUSED);
    if (!chosen.contains(about.id())
        || (unused && !(idle && whole && chosen.contains(ignore.rule())))) {
      return;
    }
    var findings = new Findings(about, problems, files);
    if (unused) {
      findings.at(ignore.place(), "this silences nothing: '" + ignore.rule() + "' finds nothing");
    } else if (about.equals(Told.IGNORE_WITHOUT_REASON)) {
      findings.at(ignore.place(), "this says no reason, and silences nothing");
    } else {
      findings.at(
          ignore.place(),
          ignore.rule().isEmpty()
              ? "this names no rule, and silences nothing"
              : "there is no rule '" + ignore.rule() + "'",
          dev.hactl.engine.source.Near.hint(ignore.rule(), known.stream().sorted().toList())
              .orElse(about.advice()));
    }
  }

  /** The ids of rules. */
  public static Set<String> ids(List<LintRule> rules) {
    return rules.stream().map(r -> r.about().id()).collect(Collectors.toSet());
  }
}
