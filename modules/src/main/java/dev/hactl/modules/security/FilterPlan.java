package dev.hactl.modules.security;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What has to be done to the packet filter. Pure. */
final class FilterPlan {
  private final RuleWish wish;
  private final FilterState now;
  private final String chain;

  private FilterPlan(RuleWish wish, FilterState now) {
    this.wish = wish;
    this.now = now;
    this.chain = Sh.quote(wish.chain());
  }

  static Decision<FilterState> decide(RuleWish wish, FilterState now) {
    return now.tool()
        ? new FilterPlan(wish, now).decided()
        : new Decision.Blocked<>(
            Thing.command(wish.tool()), "there is no " + wish.tool() + " on this host");
  }

  private Decision<FilterState> decided() {
    if (wish.persist() && now.file().isEmpty()) {
      return new Decision.Blocked<>(
          Thing.command("netfilter-persistent"),
          "nothing on this host loads saved rules at boot (packages iptables-persistent, iptables-services)");
    }
    return switch (wish.what()) {
      case RuleWish.Rule rule -> rule(rule);
      case RuleWish.Policy policy -> policy(policy.target());
      case RuleWish.Flush flush -> flush();
      case RuleWish.Chain wanted -> chain(wanted.present());
    };
  }

  private Decision<FilterState> rule(RuleWish.Rule rule) {
    if (!now.chain() && rule.present() && !rule.makesChain()) {
      return new Decision.Blocked<>(
          thing(),
          "there is no chain "
              + wish.chain()
              + " in table "
              + wish.table()
              + " ("
              + now.message()
              + ")");
    }
    int status = now.check().orElse(1);
    if (status > 1) {
      return new Decision.Impossible<>(wish.tool() + " does not take the rule: " + now.message());
    }
    var changes = new ArrayList<Change<FilterState>>();
    boolean there = status == 0;
    if (!now.chain() && rule.present()) {
      changes.add(makeChain());
    }
    if (there != rule.present()) {
      changes.add(rule.present() ? add(rule) : delete(rule));
    }
    return saved(changes);
  }

  private Change<FilterState> add(RuleWish.Rule rule) {
    String where =
        rule.insert()
            ? " -I " + chain + rule.number().map(n -> " " + n).orElse("")
            : " -A " + chain;
    return to("add a rule to " + name(), s -> s.check().orElse(1) == 0)
        .diff(property("rule", "", text(rule)))
        .impact(impact(rule.closes(), "may cut connections: " + text(rule)))
        .step(step(wish.command() + where + " " + Sh.words(rule.words())))
        .build();
  }

  private Change<FilterState> delete(RuleWish.Rule rule) {
    String words = chain + " " + Sh.words(rule.words());
    return to("remove a rule from " + name(), s -> s.check().orElse(1) != 0)
        .diff(property("rule", text(rule), ""))
        .impact(impact(!rule.closes(), "may cut connections that it allowed: " + text(rule)))
        // the same rule may stand there more than once
        .step(
            step(
                "while "
                    + wish.command()
                    + " -C "
                    + words
                    + " >/dev/null; do\n  "
                    + wish.command()
                    + " -D "
                    + words
                    + " || exit\ndone"))
        .build();
  }

  private Decision<FilterState> policy(String target) {
    if (!now.chain() || now.policy(wish.chain()).isEmpty()) {
      return new Decision.Impossible<>(
          wish.chain()
              + " is no built-in chain of table "
              + wish.table()
              + "; only those have a policy");
    }
    String before = now.policy(wish.chain()).orElseThrow();
    var changes = new ArrayList<Change<FilterState>>();
    if (!before.equals(target)) {
      var change =
          to(
                  "set the policy of " + name() + " to " + target,
                  s -> s.policy(wish.chain()).filter(target::equals).isPresent())
              .diff(property("policy", before, target))
              .impact(impact(!target.equals("ACCEPT"), "may cut connections: policy " + target))
              .step(step(wish.command() + " -P " + chain + " " + target));
      if (wish.chain().equals("INPUT") && target.equals("DROP")) {
        change.guard(sshStaysOpen());
      }
      changes.add(change.build());
    }
    return saved(changes);
  }

  /** Checked only where the session's port is known, and by port alone. */
  private Guard sshStaysOpen() {
    return new Guard(
        wish.shell()
            + """
            set -- $SSH_CONNECTION
            [ $# = 4 ] || exit 0
            COMMAND -S INPUT | while IFS= read -r rule; do
              case $rule in
              '-A '*'-j ACCEPT'*) ;;
              *) continue ;;
              esac
              case "$rule " in
              *--dport*[\\ ,]"$4"[\\ ,]* | *--dport*[0-9]:*) echo open ;;
              *--dport* | *'-i lo '* | *'ESTABLISHED'* | *'-p icmp'* | *'-p udp'*) ;;
              *) echo open ;;
              esac
            done | grep -q open || { echo "port $4"; exit 1; }
            """
                .replace("COMMAND", wish.command()),
        "no rule of INPUT accepts new connections to the port this session came in by");
  }

  private Decision<FilterState> flush() {
    var changes = new ArrayList<Change<FilterState>>();
    if (!wish.chain().isEmpty() && !now.chain()) {
      return new Decision.Blocked<>(
          thing(), "there is no chain " + wish.chain() + " in table " + wish.table());
    }
    if (now.hasRules()) {
      String before =
          String.join("\n", now.rules().stream().filter(l -> l.startsWith("-A ")).toList()) + "\n";
      changes.add(
          to("flush " + name(), s -> !s.hasRules())
              .diff(new Diff.Lines("rules of " + name(), "", before, "", false))
              .impact(new Impact.Disruptive("may cut connections: flushes " + name()))
              .step(step(wish.command() + " -F" + (wish.chain().isEmpty() ? "" : " " + chain)))
              .build());
    }
    return saved(changes);
  }

  private Decision<FilterState> chain(boolean present) {
    if (present == now.chain()) {
      return saved(new ArrayList<>());
    }
    var changes = new ArrayList<Change<FilterState>>();
    changes.add(
        present
            ? makeChain()
            : to("delete chain " + name(), s -> !s.chain())
                .diff(property("chain", "present", "absent"))
                .step(step(wish.command() + " -X " + chain))
                .build());
    return saved(changes);
  }

  private Change<FilterState> makeChain() {
    return to("make chain " + name(), FilterState::chain)
        .diff(property("chain", "absent", "present"))
        .step(step(wish.command() + " -N " + chain))
        .build();
  }

  /** The changes and, where it is wished and needed, what keeps them for the next boot. */
  private Decision<FilterState> saved(List<Change<FilterState>> changes) {
    if (wish.persist() && (!changes.isEmpty() || !now.isSaved(wish.chain()))) {
      String file = Sh.quote(now.file());
      changes.add(
          to("keep the rules in " + now.file(), s -> s.isSaved(wish.chain()))
              .diff(property(now.file(), "differs", "as the running rules"))
              .step(
                  Step.sh(
                      "umask 077\n"
                          + wish.tool()
                          + "-save </dev/null >"
                          + file
                          + ".hactl && mv -f -- "
                          + file
                          + ".hactl "
                          + file
                          + "\n"))
              .build());
    }
    return Decision.change(changes, thing(), Thing.command(wish.tool()));
  }

  private Thing thing() {
    return new Thing(Thing.Kind.OTHER, wish.tool() + " table " + wish.table());
  }

  private String name() {
    return wish.chain().isEmpty()
        ? "table " + wish.table()
        : wish.chain() + " (" + wish.table() + ")";
  }

  private static String text(RuleWish.Rule rule) {
    return Sh.words(rule.words());
  }

  private static Impact impact(boolean disruptive, String what) {
    return disruptive ? new Impact.Disruptive(what) : Impact.none();
  }

  private Diff property(String name, String before, String after) {
    return Diff.of(name(), new Diff.Property(name, before, after));
  }

  private Step step(String command) {
    return Step.sh(wish.shell() + command + "\n");
  }

  private Change.Builder<FilterState> to(String what, Predicate<FilterState> converged) {
    var things = new ArrayList<>(List.of(thing()));
    if (wish.persist()) {
      things.add(Thing.path(now.file()));
    }
    return Change.<FilterState>to(what, converged).touches(new Footprint(things, false, false));
  }
}
