package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words that something in a playbook may say.
 *
 * @param of what it is called in messages
 * @param words all that it may say, in their order in messages
 */
record Vocabulary(String of, Set<String> words) {
  /** What plays, blocks, tasks and uses of roles have alike. */
  private static final Set<String> SHARED =
      Set.of(
          "name",
          "become",
          "become_user",
          "environment",
          "ignore_errors",
          "no_log",
          "check_mode",
          "diff",
          "run_once",
          "tags",
          "vars",
          "allow",
          "timeout",
          "any_errors_fatal",
          "module_defaults",
          "ignore_unreachable",
          "throttle",
          "delegate_facts");

  static final Vocabulary PLAY =
      shared(
          "play",
          "hosts",
          "pre_tasks",
          "tasks",
          "post_tasks",
          "handlers",
          "roles",
          "force_handlers",
          "order",
          "vars_files",
          "vars_prompt",
          "serial",
          "needs",
          "gather_facts");

  /** What a line says that stands for the plays of another playbook. */
  static final Vocabulary IMPORT =
      new Vocabulary(
          "line with import_playbook", Set.of("import_playbook", "name", "vars", "tags", "when"));

  static final Vocabulary BLOCK =
      shared(
          "block",
          "block",
          "rescue",
          "always",
          "rescue_unreachable",
          "when",
          "delegate_to",
          "on",
          "transaction");

  /** What a task says besides the module it calls. */
  static final Vocabulary TASK =
      shared(
          "task",
          "when",
          "loop",
          "loop_control",
          "register",
          "notify",
          "listen",
          "delegate_to",
          "on",
          "args",
          "detach",
          "changed_when",
          "failed_when",
          "until",
          "retries",
          "delay");

  Vocabulary {
    words = new TreeSet<>(words);
  }

  /** The words that plays, blocks and tasks share, and more. */
  static Vocabulary shared(String of, String... more) {
    return new Vocabulary(of, SHARED).and(more);
  }

  /** The same and more. */
  Vocabulary and(String... more) {
    var all = new TreeSet<>(words);
    all.addAll(List.of(more));
    return new Vocabulary(of, all);
  }

  boolean has(String word) {
    return words.contains(word);
  }

  /** Notes the words of a mapping that are none of these. */
  void refuseOthers(Node.Mapping m, Problems problems) {
    for (Node.Entry e : m.entries()) {
      if (!has(e.name())) {
        problems.error(
            e.key().place(),
            "a " + of + " has no keyword '" + e.name() + "'",
            Near.hint(e.name(), words).orElse("known: " + String.join(", ", words)));
      }
    }
  }
}
