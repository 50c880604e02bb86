package dev.hactl.modules.pacemaker;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.WrittenTask;
import dev.hactl.engine.source.Node;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that Pacemaker gave up. */
@HactlRules
public final class OldNamesRules implements RuleBook {
  private static final Map<String, String> NEW =
      Map.of(
          "Master",
          "Promoted",
          "Slave",
          "Unpromoted",
          "master-max",
          "promoted-max",
          "master-node-max",
          "promoted-node-max");

  private static final Pattern ROLE = Pattern.compile("(?<![\\w-])(Master|Slave)(?![\\w-])");

  private static final About OLD =
      About.advice(
          "pacemaker-old-name",
          "Pacemaker 2.1 renamed the roles and the attributes of promotable clones, and 3.0 does not"
              + " know the old names.",
          "Pacemaker 2.1 and 3.0 release notes",
          "write the new name; hactl writes the old one where the cluster needs it");

  @Override
  public List<LintRule> rules() {
    return List.of(LintRule.written(OLD, OldNamesRules::look));
  }

  private static void look(WrittenTask task, Findings found) {
    if (task.module().startsWith("pcs_")) {
      task.arguments().nodes().forEach((name, node) -> look(name, node, found));
    }
  }

  private static void look(String key, Node node, Findings found) {
    switch (node) {
      case Node.Mapping m ->
          m.entries()
              .forEach(e -> {
                String better = NEW.get(e.name());
                if (better != null) {
                  tell(e.key(), e.name(), better, found);
                }
                look(e.name(), e.value(), found);
              });
      case Node.Sequence s -> s.items().forEach(i -> look(key, i, found));
      case Node.Scalar s -> {
        boolean speaksOfRoles =
            key.contains("role")
                || List.of("resource", "with", "operations", "promotable").contains(key);
        Matcher m = ROLE.matcher(s.text());
        if (speaksOfRoles && m.find()) {
          tell(s, m.group(1), NEW.getOrDefault(m.group(1), ""), found);
        }
      }
    }
  }

  private static void tell(Node.Scalar where, String old, String better, Findings found) {
    found.at(where.place(), "'" + old + "' is now called '" + better + "'");
  }
}
