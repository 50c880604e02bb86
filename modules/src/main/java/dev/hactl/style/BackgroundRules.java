package dev.hactl.style;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintBook;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.model.Detached;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import java.util.HashSet;
import java.util.List;

/** Tasks that are started and then forgotten. */
@HactlRules
public final class BackgroundRules implements RuleBook {
  private static final About UNAWAITED =
      About.warning(
          "detached-unawaited",
          "What a detached task comes to is only known when something waits for it; until it ends it"
              + " keeps the host locked, also after the run.",
          "docs/control-flow.md",
          "register it, and add a wait_for_task where its end matters");

  @Override
  public List<LintRule> rules() {
    return List.of(LintRule.book(UNAWAITED, BackgroundRules::unawaited));
  }

  private static void unawaited(LintBook book, Findings found) {
    var awaited = new HashSet<String>();
    for (Play play : book.playbook().plays()) {
      play.all()
          .flatMap(t -> Detached.awaited(t).stream())
          .map(Node.Scalar::text)
          .forEach(awaited::add);
    }
    for (Play play : book.playbook().plays()) {
      for (Task task : play.tasks()) {
        if (Detached.is(task) && awaited.stream().noneMatch(n -> Detached.answers(task, n))) {
          found.at(task.keywords().detach().orElseThrow(), "nothing waits for the end of this");
        }
      }
    }
  }
}
