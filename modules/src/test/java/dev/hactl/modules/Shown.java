package dev.hactl.modules;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Step;

/**
 * How much of a file that is written others may see.
 *
 * @param hiddenDiff whether the diff shows nothing of it
 * @param hiddenContent whether its text is a secret for the engine
 * @param mode as four digits; empty when it is left as it is
 */
public record Shown(boolean hiddenDiff, boolean hiddenContent, String mode) {

  /** Of a change that writes one file. */
  public static Shown of(Change<?> change) {
    var diff = (Diff.Lines) change.diffs().getFirst();
    var put = (Step.Put) change.steps().getFirst();
    return new Shown(diff.secret(), put.content().secret(), put.mode().orElse(""));
  }
}
