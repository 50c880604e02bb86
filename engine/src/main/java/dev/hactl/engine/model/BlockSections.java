package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.List;

/** Finds what does not fit among the sections of a block. */
final class BlockSections {
  private final Node.Mapping block;
  private final Problems problems;

  BlockSections(Node.Mapping block, Problems problems) {
    this.block = block;
    this.problems = problems;
  }

  /**
   * Notes what is wrong.
   *
   * @param transacted whether the block stands in a transaction of a block around it
   */
  void check(boolean transacted) {
    for (String section : List.of("rescue", "always")) {
      block.entry(section).ifPresent(e -> section(e, transacted));
    }
    block
        .entry("rescue_unreachable")
        .filter(e -> block.get("rescue").isEmpty())
        .ifPresent(e ->
            problems.error(
                e.key().place(),
                "this block has no rescue that a lost host could go to",
                "add 'rescue:' and its tasks, or say 'ignore_unreachable: true' to go on"));
  }

  private void section(Node.Entry section, boolean transacted) {
    if (transacted) {
      problems.error(
          section.key().place(),
          "a transaction lands as a whole, so its parts have no '" + section.name() + "'",
          "put it on the block that says 'transaction', or on one around that");
    } else if (section.value() instanceof Node.Sequence s && s.items().isEmpty()) {
      problems.error(
          section.key().place(),
          "'" + section.name() + "' has no tasks",
          section.name().equals("rescue")
              ? "leave it out; '- meta: noop' rescues and does nothing"
              : "leave it out");
    }
  }
}
