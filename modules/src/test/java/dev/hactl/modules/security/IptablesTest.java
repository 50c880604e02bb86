package dev.hactl.modules.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IptablesTest {
  private static final String M = "\nhactl-filter ";

  /** As iptables 1.8.9 (Debian 12) prints them. */
  private static final String INPUT = "-P INPUT ACCEPT\n-A INPUT -i lo -j ACCEPT\n";

  private static final String BAD =
      "iptables: Bad rule (does a matching rule exist in that chain?).\n";

  private static RuleWish wish(String args) {
    return TaskText.bind(new Iptables(), args);
  }

  private static String answer(String rules, int chain, String check) {
    return M
        + "rules\n"
        + rules
        + M
        + "chain\n"
        + chain
        + "\n"
        + (check.isEmpty() ? "" : M + "said\n" + BAD + M + "check\n" + check + "\n")
        + M
        + "end\n";
  }

  private static List<String> plan(String args, String answer) {
    RuleWish wish = wish(args);
    return Verdict.of(new Iptables().plan(wish, FilterState.parse(wish, Answer.of(0, answer))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "protocol: tcp, destination_port: 22, jump: ACCEPT | -p tcp -j ACCEPT --destination-port 22",
        "protocol: '!tcp', source: '! 10.0.0.0/8', jump: DROP | ! -p tcp ! -s 10.0.0.0/8 -j DROP",
        "protocol: tcp, destination_ports: [80, 443], ctstate: [NEW, ESTABLISHED], jump: ACCEPT | -p tcp -j ACCEPT -m multiport --dports 80,443 -m conntrack --ctstate NEW,ESTABLISHED",
        "match: state, ctstate: NEW, jump: ACCEPT | -m state -j ACCEPT --state NEW",
        "match: [conntrack], ctstate: NEW, jump: ACCEPT | -m conntrack -j ACCEPT --ctstate NEW",
        "in_interface: eth0, out_interface: '!eth1', jump: ACCEPT | -j ACCEPT -i eth0 ! -o eth1",
        "protocol: tcp, tcp_flags: {flags: [SYN, ACK], flags_set: [SYN]}, jump: DROP | -p tcp --tcp-flags SYN,ACK SYN -j DROP",
        "protocol: tcp, syn: negate, jump: DROP | -p tcp -j DROP ! --syn",
        "limit: 5/minute, limit_burst: 10, jump: ACCEPT | -j ACCEPT -m limit --limit 5/minute --limit-burst 10",
        "protocol: icmp, icmp_type: 8, jump: ACCEPT | -p icmp -j ACCEPT --icmp-type 8",
        "ip_version: ipv6, protocol: ipv6-icmp, icmp_type: 128, jump: ACCEPT | -p ipv6-icmp -j ACCEPT --icmpv6-type 128",
        "reject_with: tcp-reset, protocol: tcp | -p tcp -j REJECT --reject-with tcp-reset",
        "log_prefix: 'a b', log_level: info | -j LOG --log-prefix a b --log-level info",
        "comment: a b, jump: ACCEPT | -j ACCEPT -m comment --comment a b",
        "match_set: '!bad', match_set_flags: src, jump: DROP | -j DROP -m set ! --match-set bad src",
        "src_range: 10.0.0.1-10.0.0.9, dst_range: 10.1.0.1-10.1.0.2, jump: ACCEPT | -j ACCEPT -m iprange --src-range 10.0.0.1-10.0.0.9 --dst-range 10.1.0.1-10.1.0.2",
        "table: nat, jump: DNAT, to_destination: '10.0.0.1:80' | -j DNAT --to-destination 10.0.0.1:80",
        "goto: OTHER | -g OTHER",
      })
  void rulesAreSpelledAsIptablesWantsThem(String args, String words) {
    RuleWish wish = wish("{chain: INPUT, " + args + "}");
    assertEquals(words, String.join(" ", ((RuleWish.Rule) wish.what()).words()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "jump: ACCEPT                      | 0 | 0 | ``",
        "jump: ACCEPT                      | 0 | 1 | add a rule to INPUT (filter)",
        "jump: DROP, source: 10.0.0.1      | 0 | 1 | add a rule to INPUT (filter) !may cut connections: -s 10.0.0.1 -j DROP",
        "jump: ACCEPT, state: absent       | 0 | 0 | remove a rule from INPUT (filter) !may cut connections that it allowed: -j ACCEPT",
        "jump: DROP, state: absent         | 0 | 0 | remove a rule from INPUT (filter)",
        "jump: DROP, state: absent         | 0 | 1 | ``",
        "jump: ACCEPT                      | 0 | 2 | impossible: iptables does not take the rule: iptables: Bad rule (does a matching rule exist in that chain?).",
        "jump: ACCEPT                      | 1 | `` | blocked on iptables table filter: there is no chain INPUT in table filter (-P INPUT ACCEPT -A INPUT -i lo -j ACCEPT)",
        "jump: ACCEPT, chain_management: true | 1 | `` | make chain INPUT (filter); add a rule to INPUT (filter)",
        "jump: ACCEPT, state: absent       | 1 | `` | ``",
        "policy: ACCEPT                    | 0 | `` | ``",
        "policy: DROP                      | 0 | `` | set the policy of INPUT (filter) to DROP !may cut connections: policy DROP",
        "flush: true                       | 0 | `` | flush INPUT (filter) !may cut connections: flushes INPUT (filter)",
        "chain_management: true            | 0 | `` | ``",
        "chain_management: true, state: absent | 1 | `` | ``",
      })
  void chainAndRuleDecide(String args, int chain, String check, String expected) {
    assertEquals(
        expected,
        String.join("; ", plan("{chain: INPUT, " + args + "}", answer(INPUT, chain, check))));
  }

  @Test
  void hostsWithoutIptablesAreToldSo() {
    assertEquals(
        List.of("blocked on command iptables: there is no iptables on this host"),
        plan("{chain: INPUT, jump: ACCEPT}", ""));
  }

  @Test
  void savedRulesAreComparedChainByChain() {
    String args = "{chain: INPUT, jump: ACCEPT, in_interface: lo, persist: true}";
    String running = M + "rules\n" + INPUT + M + "chain\n0\n" + M + "said\n" + M + "check\n0\n";
    String nowhere = running + M + "file\n\n" + M + "saved\n" + M + "end\n";
    assertTrue(
        plan(args, nowhere).getFirst().startsWith("blocked on command netfilter-persistent"));
    String file = running + M + "file\n/etc/iptables/rules.v4\n" + M + "saved\n";
    // As iptables-save 1.8.9 writes them, with and without counters.
    String same =
        "# Generated by iptables-save\n*nat\n:INPUT ACCEPT [0:0]\nCOMMIT\n*filter\n"
            + ":INPUT ACCEPT [1:40]\n:FORWARD ACCEPT [0:0]\n[5:60] -A INPUT -i lo -j ACCEPT\n"
            + "-A FORWARD -j DROP\nCOMMIT\n";
    assertEquals(List.of(), plan(args, file + same + M + "end\n"));
    assertEquals(
        List.of("keep the rules in /etc/iptables/rules.v4"),
        plan(args, file + same.replace("-i lo", "-i eth0") + M + "end\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT | 0",
        "-A INPUT -p tcp -m multiport --dports 80,22 -j ACCEPT | 0",
        "-A INPUT -p tcp -m tcp --dport 1:1024 -j ACCEPT | 0",
        "-A INPUT -s 10.0.0.0/8 -j ACCEPT | 0",
        "-A INPUT -p tcp -m tcp --dport 2222 -j ACCEPT | 1",
        "-A INPUT -i lo -j ACCEPT | 1",
        "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT | 1",
        "-A INPUT -p tcp -m tcp --dport 22 -j DROP | 1",
      })
  void aPolicyThatWouldLockTheSessionOutIsRefused(String rule, int status) {
    RuleWish wish = wish("{chain: INPUT, policy: DROP}");
    var change =
        Verdict.only(
            new Iptables().plan(wish, FilterState.parse(wish, Answer.of(0, answer(INPUT, 0, "")))));
    String guard = change.guards().getFirst().text();
    String fake = "iptables() { printf '%s\\n' '-P INPUT ACCEPT' '" + rule + "'; }\n";
    for (LocalShell shell : LocalShell.values()) {
      assertEquals(
          status,
          shell.run(fake + "SSH_CONNECTION='10.0.0.9 40000 10.0.0.1 22'\n" + guard).status(),
          shell + " " + rule);
      assertEquals(0, shell.run(fake + "unset SSH_CONNECTION\n" + guard).status(), shell.name());
    }
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellAsks(LocalShell shell) {
    RuleWish wish = wish("{chain: INPUT, jump: ACCEPT, comment: it's \"me\", persist: true}");
    String fake =
        """
        iptables() {
          [ "$1" = -w ] && { echo "iptables v1.4.7: unknown option \\`-w'" >&2; return 2; }
          case $* in
          *' -S '*) echo '-P INPUT DROP' ;;
          *' -C '*) [ "${10}" = 'it'\\''s "me"' ]; return ;;
          esac
        }
        """;
    String text = (String) FilterState.probe(wish).question();
    String visible = text.replace("command -v iptables >/dev/null 2>&1 || exit 0\n", "");
    FilterState state = FilterState.parse(wish, shell.run(fake + visible).answer());
    assertEquals("DROP", state.policy("INPUT").orElseThrow());
    assertEquals(0, state.check().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{chain: INPUT}",
        "{jump: ACCEPT}",
        "{chain: 'IN PUT', jump: ACCEPT}",
        "{chain: INPUT, policy: REJECT}",
        "{chain: INPUT, policy: DROP, jump: ACCEPT}",
        "{chain: INPUT, flush: true, policy: DROP}",
        "{chain: INPUT, match_set: x, jump: DROP}",
        "{chain: INPUT, jump: ACCEPT, table: none}",
      })
  void wrongArgumentsAreRefused(String args) {
    assertThrows(SourceException.class, () -> wish(args));
  }
}
