package dev.hactl.style;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintBook;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.WrittenTask;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Keywords of tasks that hide something, or do nothing. */
@HactlRules
public final class TaskRules implements RuleBook {
  private static final About CONSENT =
      About.error(
          "consent-in-playbook",
          "A consent to destroy data that stands in the playbook is given again by whoever runs it, at"
              + " a time when it means other data.",
          "docs/guide.md",
          "leave it out, and give it when it is needed: --allow TOKEN");

  private static final About HIDDEN =
      About.warning(
          "failure-hidden",
          "A failure that is ignored and that nobody looks at leaves a host half done, and the run"
              + " green.",
          "Ansible documentation, Error handling in playbooks",
          "say what counts as a failure (failed_when), or register the result and look at it");

  private static final About BECOME =
      About.warning(
          "become-user-without-become",
          "The user of become_user is only used with become.",
          "Ansible documentation, Understanding privilege escalation",
          "add become: true, here or on the play");

  private static final About CONSTANT =
      About.advice(
          "condition-constant",
          "A condition that is always the same switches a task off or says nothing.",
          "docs/lint.md",
          "remove the task or the condition; tags: [never] keeps a task for those who ask for it");

  private static final About TWICE =
      About.advice(
          "task-name-twice",
          "Outputs and --start-at-task tell tasks apart by their names.",
          "docs/guide.md",
          "give each of them a name of its own");

  private static final About HANDLER =
      About.advice(
          "handler-unused",
          "A handler that no task notifies never runs.",
          "docs/control-flow.md",
          "notify it, or remove it");

  private static final Pattern NAMED = Pattern.compile(".*\\$\\{.*", Pattern.DOTALL);

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.written(CONSENT, TaskRules::consent),
        LintRule.written(HIDDEN, TaskRules::hidden),
        LintRule.written(BECOME, TaskRules::become),
        LintRule.written(CONSTANT, TaskRules::constant),
        LintRule.book(TWICE, TaskRules::twice),
        LintRule.book(HANDLER, TaskRules::handlers));
  }

  private static void consent(WrittenTask task, Findings found) {
    for (Node.Scalar consent : task.task().keywords().allow()) {
      if (!consent.text().equals("disruptive") && !NAMED.matcher(consent.text()).matches()) {
        found.at(consent.place(), "'" + consent.text() + "' consents to a loss of data");
      }
    }
  }

  private static void hidden(WrittenTask task, Findings found) {
    Task.Keywords k = task.task().keywords();
    if (k.ignoreErrors() && k.register().isEmpty() && k.failedWhen().isEmpty()) {
      found.at(task.task().place(), "nobody looks whether this failed");
    }
  }

  private static void become(WrittenTask task, Findings found) {
    Task.Keywords k = task.task().keywords();
    boolean off = k.become().filter(b -> !b).isPresent();
    if (off && k.becomeUser().isPresent()) {
      found.at(k.becomeUser().get().place(), "become is false, so nobody becomes this user");
    }
  }

  private static void constant(WrittenTask task, Findings found) {
    for (Node.Scalar condition : task.task().keywords().when()) {
      if (Set.of("true", "false").contains(condition.text().strip())) {
        found.at(condition.place(), "this is always " + condition.text().strip());
      }
    }
  }

  private static void twice(LintBook book, Findings found) {
    for (Play play : book.playbook().plays()) {
      var seen = new HashMap<String, Task>();
      for (Task task : play.tasks()) {
        if (task.name().text().equals(task.module())) {
          continue; // it has no name of its own
        }
        Task first = seen.putIfAbsent(task.title(), task);
        boolean again =
            first != null
                && !first.place().equals(task.place())
                && first.home().equals(task.home());
        if (again) {
          found.at(task.place(), "the task at " + first.place() + " has the same name");
        }
      }
    }
  }

  private static void handlers(LintBook book, Findings found) {
    for (Play play : book.playbook().plays()) {
      var notified = new HashSet<Integer>();
      boolean unknown = false;
      for (Task task : play.all().toList()) {
        for (Node.Scalar name : task.keywords().notifies()) {
          unknown |= NAMED.matcher(name.text()).matches();
          play.notified(task, name.text()).forEach(h -> notified.add(h.id()));
        }
      }
      for (Task handler : play.handlers()) {
        if (!unknown && !notified.contains(handler.id()) && handler.home().role().isEmpty()) {
          found.at(handler.place(), "no task notifies this handler");
        }
      }
    }
  }
}
