package dev.hactl.modules.corosync;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenCluster;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Membership settings that cost a cluster its safety. */
@HactlRules
public final class CorosyncRules implements RuleBook {
  private static final Set<String> COROSYNC = Set.of("corosync");

  private static final About ONE_LINK =
      About.advice(
          "corosync-one-link",
          "With one link a single cable or switch splits the cluster.",
          "corosync.conf(5), ring1_addr; ClusterLabs, Clusters from Scratch",
          "give 'links' two entries, over networks that do not fail together");

  private static final About TWO_NODE =
      About.warning(
          "corosync-two-node-off",
          "Two nodes without two_node lose quorum with each other: when one dies, the other stops"
              + " everything.",
          "votequorum(5), two_node",
          "leave 'two_node' out: two members get it");

  private static final About WAIT =
      About.error(
          "corosync-wait-for-all-off",
          "A node that boots alone goes on without having seen its peer, which may run everything"
              + " already.",
          "votequorum(5), wait_for_all",
          "leave 'wait_for_all' out: two_node brings it");

  private static final About OPEN =
      About.warning(
          "corosync-not-encrypted",
          "Whoever reaches the network of the cluster can speak as one of its nodes.",
          "corosync.conf(5), crypto_cipher, crypto_hash, transport",
          "leave 'transport', 'crypto_cipher' and 'crypto_hash' out");

  private static final About TOKEN =
      About.advice(
          "corosync-token-short",
          "A pause of a busy machine or a switch is taken for the death of a node.",
          "corosync.conf(5), token",
          "write token: 3000 or more");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.seen(ONE_LINK, COROSYNC, CorosyncRules::oneLink),
        LintRule.cluster(TWO_NODE, COROSYNC, CorosyncRules::twoNode),
        LintRule.seen(WAIT, COROSYNC, CorosyncRules::waits),
        LintRule.seen(OPEN, COROSYNC, CorosyncRules::open),
        LintRule.seen(TOKEN, COROSYNC, CorosyncRules::token));
  }

  private static void oneLink(SeenTask task, Findings found) {
    Optional<Value> links = task.value("links").filter(v -> !(v instanceof Value.Unknown));
    if (links.isPresent() && !(links.get() instanceof Value.Items i && i.items().size() > 1)) {
      found.at(task.place("links"), "the cluster has one link");
    }
  }

  private static void twoNode(SeenCluster cluster, Findings found) {
    if (cluster.members().filter(n -> n == 2).isPresent()) {
      cluster.of("corosync").forEach(t -> off(t, "two_node", found, "two_node is switched off"));
    }
  }

  private static void waits(SeenTask task, Findings found) {
    off(task, "wait_for_all", found, "a node that boots alone does not wait for the other");
  }

  private static void off(SeenTask task, String option, Findings found, String message) {
    task.text("quorum", option)
        .filter(v -> !SeenTask.truth(v))
        .ifPresent(v -> found.at(task.place("quorum", option), message));
  }

  private static void open(SeenTask task, Findings found) {
    task.text("transport")
        .filter(t -> !t.equals("knet"))
        .ifPresent(t -> found.at(task.place("transport"), t + " encrypts nothing"));
    for (String option : List.of("crypto_cipher", "crypto_hash")) {
      task.text(option)
          .filter("none"::equals)
          .ifPresent(v -> found.at(task.place(option), "messages are not protected"));
    }
  }

  private static void token(SeenTask task, Findings found) {
    task.text("totem", "token")
        .filter(v -> v.matches("\\d{1,9}") && Integer.parseInt(v) < 1000)
        .ifPresent(
            v -> found.at(task.place("totem", "token"), "a node is given up after " + v + " ms"));
  }
}
