package dev.hactl.style;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintBook;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Role;
import dev.hactl.engine.source.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets that everybody can read, and names that were given up. */
@HactlRules
public final class ValueRules implements RuleBook {
  private static final About PLAIN =
      About.warning(
          "plain-secret",
          "A password that stands in a file is read by everybody who can read the repository, for as"
              + " long as its history is kept.",
          "docs/vault.md; CWE-798",
          "encrypt it: hactl vault encrypt-string, or take it from the environment");

  private static final About OLD =
      About.advice(
          "deprecated-connection-name",
          "The name is older than Ansible 2.0, and other tools no longer read it.",
          "Ansible documentation, Connecting to hosts: behavioral inventory parameters",
          "write the new name");

  private static final Map<String, String> RENAMED =
      Map.of(
          "ansible_ssh_host", "ansible_host",
          "ansible_ssh_port", "ansible_port",
          "ansible_ssh_user", "ansible_user",
          "ansible_ssh_pass", "ansible_password",
          "ansible_ssh_password", "ansible_password",
          "ansible_become_pass", "ansible_become_password");

  private static final Pattern SECRET =
      Pattern.compile("(.*_)?(password|passwd|pass|passphrase|secret|token|api_?key|private_key)");

  /** A crypted password, or none at all. */
  private static final Pattern HASH = Pattern.compile("\\$\\w+\\$.*|[*!x]+");

  private static final Set<String> NO_SECRETS = Set.of("totem", "token", "update_password");

  @Override
  public List<LintRule> rules() {
    return List.of(LintRule.book(PLAIN, ValueRules::plain), LintRule.book(OLD, ValueRules::old));
  }

  private static void plain(LintBook book, Findings found) {
    book.inventory().forEach(v -> look("vars", v, found));
    for (Play play : book.playbook().plays()) {
      play.sources().vars().forEach(v -> look("vars", v, found));
      play.sources().varsFiles().forEach(v -> look("vars", v, found));
      for (Role role : play.sources().roles()) {
        role.defaults().forEach(v -> look("defaults", v, found));
        role.vars().forEach(v -> look("vars", v, found));
      }
      play.all()
          .forEach(t -> {
            look(t.module(), t.args(), found);
            t.keywords().vars().forEach(v -> look("vars", v, found));
            t.keywords().environment().forEach(v -> look("environment", v, found));
          });
    }
  }

  private static void look(String name, Node node, Findings found) {
    switch (node) {
      case Node.Mapping m -> {
        if (!NO_SECRETS.contains(name)) {
          m.entries().forEach(e -> look(e.name(), e.value(), found));
        }
      }
      case Node.Sequence s -> s.items().forEach(i -> look("", i, found));
      case Node.Scalar s -> {
        boolean named = SECRET.matcher(name.toLowerCase(Locale.ROOT).replace('-', '_')).matches();
        boolean plain =
            (s.kind() == Node.Kind.TEXT || s.kind() == Node.Kind.INTEGER)
                && !s.secret()
                && !s.text().isEmpty()
                && !HASH.matcher(s.text()).matches()
                && !s.text().contains("${");
        if (named && plain && !NO_SECRETS.contains(name) && !s.text().startsWith("/")) {
          found.at(s.place(), "'" + name + "' stands here for everybody to read");
        }
      }
    }
  }

  private static void old(LintBook book, Findings found) {
    book.inventory().forEach(v -> renamed(v, found));
    for (Play play : book.playbook().plays()) {
      play.sources().vars().forEach(v -> renamed(v, found));
      play.all().forEach(t -> t.keywords().vars().forEach(v -> renamed(v, found)));
    }
  }

  private static void renamed(Node.Mapping vars, Findings found) {
    for (Node.Entry entry : vars.entries()) {
      String now = RENAMED.get(entry.name());
      if (now != null) {
        found.at(entry.key().place(), "'" + entry.name() + "' is now '" + now + "'");
      }
    }
  }
}
