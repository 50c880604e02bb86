package dev.hactl.modules.security;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Form.Defaulted;
import dev.hactl.engine.module.Form.Filled;
import dev.hactl.engine.module.Form.Maybe;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The parameters of {@code iptables}, in the order in which their words stand in a rule. */
final class RuleForm {
  private RuleForm() {}

  /** iptables(8) -t. */
  enum Table {
    FILTER,
    NAT,
    MANGLE,
    RAW,
    SECURITY
  }

  /** Whether it is there. */
  enum State {
    PRESENT,
    ABSENT
  }

  /** Where a new rule goes. */
  enum Action {
    APPEND,
    INSERT
  }

  /** Which protocol's filter. */
  enum Version {
    IPV4,
    IPV6
  }

  /** Whether a packet opens a connection. */
  enum Syn {
    IGNORE,
    MATCH,
    NEGATE
  }

  static Form<RuleWish> form() {
    return new Fields(Form.builder().atMostOne("flush", "policy")).form();
  }

  /** The handles of all parameters. */
  private static final class Fields {
    private final Form.Builder form;
    private final Defaulted<Table> table;
    private final Maybe<String> chain;
    private final Defaulted<State> state;
    private final Defaulted<Action> action;
    private final Maybe<Long> number;
    private final Defaulted<Version> version;
    private final Maybe<String> protocol;
    private final Maybe<String> source;
    private final Maybe<String> destination;
    private final Defaulted<List<String>> match;
    private final Maybe<SequencedMap<String, Value>> tcpFlags;
    private final Maybe<String> jump;
    private final Maybe<String> gateway;
    private final Maybe<String> toDestination;
    private final Maybe<String> toSource;
    private final Maybe<String> goTo;
    private final Maybe<String> inInterface;
    private final Maybe<String> outInterface;
    private final Maybe<String> fragment;
    private final Maybe<String> counters;
    private final Maybe<String> sourcePort;
    private final Maybe<String> destinationPort;
    private final Defaulted<List<String>> destinationPorts;
    private final Maybe<String> toPorts;
    private final Maybe<String> dscp;
    private final Maybe<String> dscpClass;
    private final Defaulted<Syn> syn;
    private final Defaulted<List<String>> ctstate;
    private final Maybe<String> sourceRange;
    private final Maybe<String> destinationRange;
    private final Maybe<String> set;
    private final Maybe<String> setFlags;
    private final Maybe<String> limit;
    private final Maybe<String> burst;
    private final Maybe<String> uid;
    private final Maybe<String> gid;
    private final Maybe<String> icmp;
    private final Maybe<String> reject;
    private final Maybe<String> comment;
    private final Maybe<String> logPrefix;
    private final Maybe<String> logLevel;
    private final Defaulted<Boolean> flush;
    private final Maybe<String> policy;
    private final Defaulted<Boolean> makesChain;
    private final Defaulted<Boolean> persist;

    Fields(Form.Builder form) {
      this.form = form;
      table = form.optional("table", Types.oneOf(Table.class), Table.FILTER, "The table.");
      chain = form.optional("chain", Chain.NAME, "The chain; may be left out to flush a table.");
      state =
          form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether it is there.");
      action =
          form.optional(
              "action", Types.oneOf(Action.class), Action.APPEND, "Where a new rule goes.");
      number = form.optional("rule_num", Types.INTEGER, "Insert a new rule as this one.");
      version =
          form.optional("ip_version", Types.oneOf(Version.class), Version.IPV4, "Which filter.");
      protocol = text("protocol", "Protocol, such as tcp.");
      source = text("source", "Source address, network or host name.");
      destination = text("destination", "Destination address, network or host name.");
      match = texts("match", "Matches to load, such as conntrack.");
      tcpFlags =
          form.optional(
              "tcp_flags", Types.DICT, "TCP flags: 'flags' to look at, 'flags_set' that are set.");
      jump = text("jump", "Target: ACCEPT, DROP, REJECT, LOG, a chain, ...");
      gateway = text("gateway", "Gateway of a TEE target.");
      toDestination = text("to_destination", "Address of a DNAT target.");
      toSource = text("to_source", "Address of a SNAT target.");
      goTo = text("goto", "Chain to go on in.");
      inInterface = text("in_interface", "Interface a packet came in by.");
      outInterface = text("out_interface", "Interface a packet goes out by.");
      fragment = text("fragment", "Second and further fragments only.");
      counters = text("set_counters", "First values of the counters.");
      sourcePort = text("source_port", "Source port or range first:last.");
      destinationPort = text("destination_port", "Destination port or range first:last.");
      destinationPorts = texts("destination_ports", "Several destination ports (multiport).");
      toPorts = text("to_ports", "Port of a REDIRECT or MASQUERADE target.");
      dscp = text("set_dscp_mark", "Mark of a DSCP target.");
      dscpClass = text("set_dscp_mark_class", "Class of a DSCP target.");
      syn =
          form.optional(
              "syn", Types.oneOf(Syn.class), Syn.IGNORE, "TCP packets that open a connection.");
      ctstate = texts("ctstate", "Connection states, such as ESTABLISHED.");
      sourceRange = text("src_range", "Range of source addresses.");
      destinationRange = text("dst_range", "Range of destination addresses.");
      set = text("match_set", "Name of an ipset.");
      setFlags = text("match_set_flags", "src, dst or both, for match_set.");
      limit = text("limit", "Average rate, such as 5/minute.");
      burst = text("limit_burst", "Packets before the limit counts.");
      uid = text("uid_owner", "User that sends.");
      gid = text("gid_owner", "Group that sends.");
      icmp = text("icmp_type", "ICMP type.");
      reject = text("reject_with", "Answer of a REJECT target.");
      comment = text("comment", "Comment.");
      logPrefix = text("log_prefix", "Prefix of a LOG target.");
      logLevel = text("log_level", "Level of a LOG target.");
      flush = form.optional("flush", Types.BOOL, false, "Take all rules away.");
      policy = form.optional("policy", Chain.POLICY, "What happens to packets that no rule takes.");
      makesChain =
          form.optional(
              "chain_management",
              Types.BOOL,
              false,
              "Make the chain, or delete it when nothing else is given.");
      persist =
          form.optional(
              "persist", Types.BOOL, false, "Keep the rules for the next boot; hactl's own.");
    }

    private Maybe<String> text(String name, String description) {
      return form.optional(name, Types.NAME, description);
    }

    private Defaulted<List<String>> texts(String name, String description) {
      return form.optional(name, Types.NAMES, List.of(), description);
    }

    Form<RuleWish> form() {
      return form.into(this::wish);
    }

    private RuleWish wish(Filled a) {
      List<String> words = words(a);
      boolean present = a.get(state) == State.PRESENT;
      RuleWish.What what;
      if (a.get(policy).isPresent()) {
        what = new RuleWish.Policy(a.get(policy).get());
      } else if (a.get(flush)) {
        what = new RuleWish.Flush();
      } else if (words.isEmpty() && a.get(makesChain)) {
        what = new RuleWish.Chain(present);
      } else if (words.isEmpty()) {
        throw new BadValue("no rule is given", "say what it matches and where it jumps");
      } else {
        boolean closes =
            a.get(reject).isPresent()
                || a.get(jump).filter(j -> j.equals("DROP") || j.equals("REJECT")).isPresent();
        what =
            new RuleWish.Rule(
                words,
                present,
                a.get(action) == Action.INSERT || a.get(number).isPresent(),
                a.get(number),
                a.get(makesChain),
                closes);
      }
      if (!words.isEmpty() && !(what instanceof RuleWish.Rule)) {
        throw new BadValue("flush and policy concern a whole chain; they take no rule");
      }
      if (a.get(chain).isEmpty() && !(what instanceof RuleWish.Flush)) {
        throw new BadValue("which chain?", "give 'chain'");
      }
      return new RuleWish(
          a.get(version) == Version.IPV4 ? "iptables" : "ip6tables",
          Types.word(a.get(table)),
          a.get(chain).orElse(""),
          what,
          a.get(persist));
    }

    private List<String> words(Filled a) {
      var rule = new RuleWords();
      rule.option("-p", a.get(protocol))
          .option("-s", a.get(source))
          .option("-d", a.get(destination));
      a.get(match).forEach(rule::load);
      a.get(tcpFlags)
          .ifPresent(f -> rule.words("--tcp-flags", flags(f, "flags"), flags(f, "flags_set")));
      Optional<String> target =
          a.get(jump)
              .or(() -> a.get(reject).map(r -> "REJECT"))
              .or(() -> a.get(logPrefix).or(() -> a.get(logLevel)).map(l -> "LOG"));
      rule.option("-j", target)
          .option("--gateway", a.get(gateway))
          .option("--to-destination", a.get(toDestination))
          .option("--to-source", a.get(toSource))
          .option("-g", a.get(goTo))
          .option("-i", a.get(inInterface))
          .option("-o", a.get(outInterface));
      a.get(fragment)
          .ifPresent(
              f -> rule.words(f.equals("!") ? new String[] {"!", "-f"} : new String[] {"-f"}));
      a.get(counters).ifPresent(c -> rule.words("-c").words(c.split("[ ,]+", -1)));
      rule.option("--source-port", a.get(sourcePort))
          .option("--destination-port", a.get(destinationPort));
      rule.match("multiport", "--dports", joined(a.get(destinationPorts)));
      rule.option("--to-ports", a.get(toPorts))
          .option("--set-dscp", a.get(dscp))
          .option("--set-dscp-class", a.get(dscpClass));
      switch (a.get(syn)) {
        case MATCH -> rule.words("--syn");
        case NEGATE -> rule.words("!", "--syn");
        case IGNORE -> {}
      }
      boolean old = a.get(match).contains("state") && !a.get(match).contains("conntrack");
      rule.match(old ? "state" : "conntrack", old ? "--state" : "--ctstate", joined(a.get(ctstate)))
          .match("iprange", "--src-range", a.get(sourceRange))
          .match("iprange", "--dst-range", a.get(destinationRange));
      a.get(set).ifPresent(s -> set(rule, s, a.get(setFlags)));
      rule.match("limit", "--limit", a.get(limit))
          .match("limit", "--limit-burst", a.get(burst))
          .match("owner", "--uid-owner", a.get(uid))
          .match("owner", "--gid-owner", a.get(gid))
          .option(a.get(version) == Version.IPV4 ? "--icmp-type" : "--icmpv6-type", a.get(icmp))
          .option("--reject-with", a.get(reject))
          .option("--log-prefix", a.get(logPrefix))
          .option("--log-level", a.get(logLevel))
          .match("comment", "--comment", a.get(comment));
      return rule.all();
    }

    private static void set(RuleWords rule, String name, Optional<String> flags) {
      String which =
          flags.orElseThrow(() -> new BadValue("match_set needs match_set_flags", "such as src"));
      rule.load("set");
      if (name.startsWith("!")) {
        rule.words("!");
      }
      rule.words("--match-set", name.replaceFirst("^!\\s*", ""), which);
    }

    private static String flags(SequencedMap<String, Value> flags, String key) {
      Value value = flags.get(key);
      if (value == null) {
        throw new BadValue("tcp_flags needs '" + key + "'");
      }
      return String.join(",", Types.NAMES.convert().apply(value));
    }

    private static Optional<String> joined(List<String> words) {
      return words.isEmpty() ? Optional.empty() : Optional.of(String.join(",", words));
    }
  }
}
