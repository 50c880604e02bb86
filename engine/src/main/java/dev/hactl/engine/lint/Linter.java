package dev.hactl.engine.lint;

import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Has rules look, and heeds the comments that silence them. */
public final class Linter {
  private final List<LintRule> rules;
  private final Set<String> known;
  private final Set<SourceFile> files = new LinkedHashSet<>();

  /**
   * A linter.
   *
   * @param rules those that look
   * @param known the ids of all rules there are
   */
  public Linter(List<LintRule> rules, Collection<String> known) {
    this.rules = List.copyOf(rules);
    this.known = Set.copyOf(known);
  }

  /**
   * Notes what the rules find.
   *
   * @param problems what is known already
   */
  public void look(Sights sights, Problems problems) {
    for (LintRule rule : rules) {
      var findings = new Findings(rule.about(), problems, files);
      switch (rule.look()) {
        case LintRule.Look.Written w -> sights.written().forEach(t -> w.look().accept(t, findings));
        case LintRule.Look.Book b -> sights.books().forEach(p -> b.look().accept(p, findings));
        case LintRule.Look.Seen s ->
            sights.seen().stream()
                .filter(t -> s.modules().contains(t.module()))
                .forEach(t -> s.look().accept(t, findings));
        case LintRule.Look.Cluster c ->
            sights.clusters().forEach(cluster -> c.look().accept(cluster, findings));
      }
    }
  }

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
    var left = new Problems();
    var idle = new ArrayList<>(ignores);
    for (Problem problem : found) {
      List<Ignore> heeded = ignores.stream().filter(i -> i.silences(problem)).toList();
      idle.removeAll(heeded);
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
