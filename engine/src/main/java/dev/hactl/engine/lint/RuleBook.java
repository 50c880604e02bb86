package dev.hactl.engine.lint;

import java.util.List;

/**
 * Rules of one family. A class with {@link HactlRules} that implements this is found by the
 * generated index; adding one touches new files only. It needs a constructor without parameters.
 */
public interface RuleBook {
  /** The rules, each with an id that no other has. */
  List<LintRule> rules();
}
