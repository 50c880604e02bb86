package dev.hactl.engine.lint;

import dev.hactl.engine.source.SourceFile;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that rules look at, but for the tasks as they come to be on hosts: those are shown one
 * by one while they are found, since there may be a million of them.
 *
 * @param books the playbooks
 * @param written their tasks and handlers
 * @param clusters the clusters and lone hosts that they are for, with what is seen there
 * @param files every text that was read
 * @param whole whether all that is written was looked at on all hosts; if not, a comment that
 *     silences nothing may do so elsewhere
 */
public record Sights(
    List<LintBook> books,
    List<WrittenTask> written,
    List<SeenCluster> clusters,
    Collection<SourceFile> files,
    boolean whole) {

  /**
   * The modules whose tasks some rules look at as they come to be.
   *
   * @param single by themselves
   * @param together with all others of their cluster
   */
  public record Wanted(Set<String> single, Set<String> together) {}

  /** What some rules look at. */
  public static Wanted wanted(List<LintRule> rules) {
    var single = new TreeSet<String>();
    var together = new TreeSet<String>();
    for (LintRule rule : rules) {
      switch (rule.look()) {
        case LintRule.Look.Seen s -> single.addAll(s.modules());
        case LintRule.Look.Cluster c -> together.addAll(c.modules());
        case LintRule.Look.Written w -> {}
        case LintRule.Look.Book b -> {}
      }
    }
    return new Wanted(single, together);
  }
}
