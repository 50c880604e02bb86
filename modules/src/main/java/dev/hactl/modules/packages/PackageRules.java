package dev.hactl.modules.packages;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenTask;
import java.util.List;
import java.util.Set;

/** Packages that change by themselves, or come from nobody in particular. */
@HactlRules
public final class PackageRules implements RuleBook {
  private static final Set<String> PACKAGES = Set.of("package", "apt", "yum", "dnf");

  private static final About LATEST =
      About.advice(
          "package-latest",
          "Every run may upgrade a running cluster's software, on the active node too and without"
              + " anybody having tried it.",
          "docs/modules/package.md; apt-get(8), yum(8)",
          "write state: present, and upgrade in a playbook of its own, the passive node first");

  private static final About UNSIGNED =
      About.warning(
          "repository-unverified",
          "Nobody checks who made the packages: whoever is in between installs what they like, as"
              + " root.",
          "yum.conf(5), gpgcheck; sources.list(5), trusted; apt-secure(8)",
          "import the repository's key, and check signatures");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.seen(LATEST, PACKAGES, PackageRules::latest),
        LintRule.seen(
            UNSIGNED,
            Set.of("yum_repository", "apt_repository", "apt", "yum", "dnf"),
            PackageRules::unsigned));
  }

  private static void latest(SeenTask task, Findings found) {
    task.text("state")
        .filter("latest"::equals)
        .ifPresent(s -> found.at(task.place("state"), "each run installs the newest version"));
  }

  private static void unsigned(SeenTask task, Findings found) {
    boolean here =
        task.texts("baseurl").stream().anyMatch(url -> url.startsWith("file:"))
            || task.text("repo").filter(r -> r.contains(" file:")).isPresent();
    if (here) {
      return; // a folder that root filled
    }
    String message = "signatures of packages are not checked";
    if (task.isNot("gpgcheck")) {
      found.at(task.place("gpgcheck"), message);
    }
    for (String parameter : List.of("allow_unauthenticated", "disable_gpg_check")) {
      if (task.is(parameter)) {
        found.at(task.place(parameter), message);
      }
    }
    task.text("repo")
        .filter(r -> r.matches("(?s).*\\[[^\\]]*trusted=yes.*"))
        .ifPresent(r -> found.at(task.place("repo"), message));
  }
}
