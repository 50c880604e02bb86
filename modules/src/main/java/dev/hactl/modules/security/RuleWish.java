package dev.hactl.modules.security;

import dev.hactl.engine.module.Sh;
import java.util.List;
import java.util.Optional;

/**
 * What a playbook wants of a packet filter.
 *
 * @param tool iptables or ip6tables
 * @param table filter, nat, mangle, raw, security
 * @param chain the chain; empty only to flush a whole table
 * @param what the rule, or what is done to the chain
 * @param persist whether the rules are kept for the next boot
 */
record RuleWish(String tool, String table, String chain, What what, boolean persist) {

  /** One of the things that the module does. */
  sealed interface What {}

  /**
   * A rule.
   *
   * @param words as for iptables(8), without command and chain
   * @param present whether it exists
   * @param insert whether a new one goes to the front, or to {@code number}
   * @param makesChain whether a missing chain is made
   * @param closes whether it may cut connections
   */
  record Rule(
      List<String> words,
      boolean present,
      boolean insert,
      Optional<Long> number,
      boolean makesChain,
      boolean closes)
      implements What {}

  /** What happens to packets that no rule takes. */
  record Policy(String target) implements What {}

  /** No rules at all. */
  record Flush() implements What {}

  /** A chain of one's own. */
  record Chain(boolean present) implements What {}

  /** The start of every command; the lock is waited for. */
  String command() {
    return "ipt -t " + Sh.quote(table);
  }

  /** Where rules are kept for the next boot: Debian's and Red Hat's places. */
  List<String> files() {
    boolean six = tool.equals("ip6tables");
    return List.of("/etc/sysconfig/" + tool, "/etc/iptables/rules.v" + (six ? 6 : 4));
  }

  /** Defines {@code ipt}; iptables before 1.4.20 cannot wait for its lock. */
  String shell() {
    return """
    ipt() {
      out=$(TOOL -w "$@" 2>&1 </dev/null)
      rc=$?
      case $rc,$out in
      2,*"'-w'"* | 2,*'`-w'* | 2,*'"w"'*)
        out=$(TOOL "$@" 2>&1 </dev/null)
        rc=$?
        ;;
      esac
      [ -z "$out" ] || printf '%s\\n' "$out"
      return $rc
    }
    """
        .replace("TOOL", tool);
  }
}
