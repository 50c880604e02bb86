package dev.hactl.modules.security;

import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;

/** A rule of the packet filter. */
@HactlModule("iptables")
public final class Iptables implements HostModule<RuleWish, FilterState> {

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a rule of iptables",
            """
            Whether a rule is there is asked with 'iptables -C' and exactly the given words, so \
            that protocol, ports and matches are all compared, by the kernel's own view of them. \
            Where it stands among the others is not compared. Values that begin with '!' are \
            negated. Rules are those of the running kernel; 'persist: true' also keeps all of \
            them in /etc/iptables/rules.v4 or /etc/sysconfig/iptables, where a package that loads \
            them at boot is installed. Dropping, rejecting, flushing and removing what accepts \
            may cut connections and needs consent as disruptive; a DROP policy of INPUT is \
            refused when no rule accepts new connections to the port the session came in by.\
            """,
            Example.of(
                "Let the web in",
                """
                - iptables:
                    chain: INPUT
                    protocol: tcp
                    destination_ports: ['80', '443']
                    ctstate: NEW
                    jump: ACCEPT
                    comment: web
                """),
            Example.on(
                "iptables -A INPUT -p udp --dport 514 -j REJECT",
                "A rule that must not be there",
                """
                - iptables:
                    chain: INPUT
                    protocol: udp
                    destination_port: '514'
                    jump: REJECT
                    state: absent
                """),
            Example.of(
                "A chain of one's own",
                "- iptables:\n    chain: CLUSTER\n    chain_management: true\n"),
            Example.of("A policy", "- iptables:\n    chain: FORWARD\n    policy: ACCEPT\n"))
        .returning(
            new Return("chain", "the chain"),
            new Return("table", "the table"),
            new Return("rule", "the rule's words"));
  }

  @Override
  public Form<RuleWish> form() {
    return RuleForm.form();
  }

  @Override
  public Probe<FilterState> probe(RuleWish wish) {
    return FilterState.probe(wish);
  }

  @Override
  public Decision<FilterState> plan(RuleWish wish, FilterState observed) {
    return FilterPlan.decide(wish, observed);
  }

  @Override
  public Value.Dict result(RuleWish wish, FilterState observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("chain", Value.text(wish.chain()));
    fields.put("table", Value.text(wish.table()));
    fields.put("ip_version", Value.text(wish.tool().equals("iptables") ? "ipv4" : "ipv6"));
    if (wish.what() instanceof RuleWish.Rule rule) {
      fields.put("rule", Value.text(String.join(" ", rule.words())));
    }
    return new Value.Dict(fields);
  }
}
