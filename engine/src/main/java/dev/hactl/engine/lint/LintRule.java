package dev.hactl.engine.lint;

import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A rule: what it says of itself, and how it looks. A look is a pure function of what it is shown;
 * it is called for every task, host or cluster, and what it finds twice is told once.
 *
 * @param about what it says of itself
 * @param look what it looks at
 */
public record LintRule(About about, Look look) {

  /** What a rule looks at. */
  public sealed interface Look {

    /** Every task as it is written. */
    record Written(BiConsumer<WrittenTask, Findings> look) implements Look {}

    /**
     * The tasks of some modules, as they come to be on each host.
     *
     * @param modules the modules, by the names that {@code Modules.names} lists
     */
    record Seen(Set<String> modules, BiConsumer<SeenTask, Findings> look) implements Look {}

    /**
     * All tasks of some modules on the hosts of a cluster, in their order. A host that is in no
     * cluster counts as one of its own.
     */
    record Cluster(Set<String> modules, BiConsumer<SeenCluster, Findings> look) implements Look {}

    /** A playbook as a whole. */
    record Book(BiConsumer<LintBook, Findings> look) implements Look {}
  }

  /** A rule about tasks as they are written. */
  public static LintRule written(About about, BiConsumer<WrittenTask, Findings> look) {
    return new LintRule(about, new Look.Written(look));
  }

  /** A rule about the tasks of some modules as they come to be on a host. */
  public static LintRule seen(
      About about, Set<String> modules, BiConsumer<SeenTask, Findings> look) {
    return new LintRule(about, new Look.Seen(modules, look));
  }

  /** A rule about all that is said of a cluster in the tasks of some modules. */
  public static LintRule cluster(
      About about, Set<String> modules, BiConsumer<SeenCluster, Findings> look) {
    return new LintRule(about, new Look.Cluster(modules, look));
  }

  /** A rule about a playbook as a whole. */
  public static LintRule book(About about, BiConsumer<LintBook, Findings> look) {
    return new LintRule(about, new Look.Book(look));
  }
}
