package dev.hactl.modules.files;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenTask;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may read and write files. */
@HactlRules
public final class FileRules implements RuleBook {
  private static final Set<String> FILES =
      Set.of("copy", "template", "file", "lineinfile", "blockinfile");

  private static final About WRITABLE =
      About.warning(
          "mode-world-writable",
          "Every user of the host can change what is in it.",
          "chmod(1); CWE-732",
          "take the others' write permission away: '0755' for a folder, '0644' for a file");

  private static final About SECRET =
      About.warning(
          "secret-world-readable",
          "A secret is written into a file that every user of the host can read.",
          "chmod(1); CWE-732",
          "write mode: '0600', and name its owner");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.seen(WRITABLE, FILES, FileRules::writable),
        LintRule.seen(SECRET, Set.of("copy", "template"), FileRules::secret));
  }

  private static void writable(SeenTask task, Findings found) {
    mode(task)
        .filter(m -> (m & 0002) != 0 && (m & 01000) == 0)
        .ifPresent(m -> found.at(task.place("mode"), "everybody may write here"));
  }

  private static void secret(SeenTask task, Findings found) {
    Optional<Integer> mode = mode(task);
    boolean unset = task.value("mode").isEmpty();
    boolean holds =
        List.of("content", "src").stream()
            .flatMap(p -> task.value(p).stream())
            .anyMatch(v -> v.secret());
    if (holds && (unset || mode.filter(m -> (m & 0004) != 0).isPresent())) {
      found.at(
          task.place("mode"),
          unset
              ? "the file holds a secret, and nobody says who may read it"
              : "the file holds a secret, and everybody may read it");
    }
  }

  private static Optional<Integer> mode(SeenTask task) {
    return task.text("mode")
        .filter(m -> m.matches("0?[0-7]{3,4}"))
        .map(m -> Integer.parseInt(m, 8));
  }
}
