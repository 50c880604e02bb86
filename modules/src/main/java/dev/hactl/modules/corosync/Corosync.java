package dev.hactl.modules.corosync;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.text.Tainted;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/** Corosync on all members of a cluster. */
@HactlModule("corosync")
public final class Corosync implements ClusterModule<CorosyncWish, CorosyncState> {

  private static final String DESCRIPTION =
      """
      Writes /etc/corosync/corosync.conf, the same on all members, sees to it that all hold the \
      same key, and starts the service everywhere; done is done when every member sees all members \
      and says that they are enough (quorum). A key is generated once, on one member, when none \
      has any; a member without it gets the others' key, also a machine that was installed anew. \
      It is never shown, and neither is a corosync.conf that comes from a secret or holds a key \
      itself (totem.key); such a file only root can read.

      What runs is compared with the file. Most settings are taken over by 'corosync-cfgtool -R'. \
      Some are read only at the start: then each member is restarted, one after the other, with \
      'allow: disruptive'. Encryption, key, transport and the cluster's name change only while \
      Corosync is down on all members, because members that differ in them cannot hear each other: \
      refused otherwise. A cluster of one without resources, as packages start it, is stopped and \
      configured without further ado.

      Two members get 'two_node: 1', with which one may go on alone but none begins alone \
      (wait_for_all). Nodes keep the ids that a member's file gives them. Every member is looked \
      at, whatever --limit says, and nothing is changed while one cannot be. Sources: \
      corosync.conf(5), votequorum(5), corosync-cfgtool(8).\
      """;

  @Override
  public Manual manual() {
    return new Manual(
        "Manage the membership of a cluster",
        DESCRIPTION,
        Manual.Kind.STATE,
        Manual.Scope.CLUSTER,
        Manual.LabLevel.MACHINE,
        List.of(
            Example.of(
                "Two nodes, two links",
                """
                - corosync:
                    cluster_name: skyha
                    links:
                      - {db1: 192.0.2.1, db2: 192.0.2.2}
                      - 198.51.100.0/24
                    totem: {token: 5000}
                """),
            Example.of(
                "One link found by its network, and a key from the vault",
                """
                - corosync:
                    cluster_name: web
                    link0: 192.0.2.0/24
                    authkey: >-
                      MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFi
                      Y2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3
                      ODlhYmNkZWY=
                    logging: {to_syslog: true, debug: false}
                """)),
        List.of(
            new Return("cluster_name", "its name"),
            new Return("quorate", "whether every member that was observed has quorum"),
            new Return("nodes", "the id of each node by name"),
            new Return("members", "the ids that every member sees")));
  }

  private static final Type.Plain<SequencedMap<String, String>> OPTIONS =
      Types.DICT.map("mapping of options", Corosync::options);

  private static final Type.Plain<List<MemberAddresses>> LINKS = Types.listOf(MemberAddresses.TYPE);

  private static final Type.Plain<SequencedMap<String, Integer>> IDS =
      Types.DICT.map(
          "mapping from nodes to ids",
          given -> {
            SequencedMap<String, Integer> ids = new LinkedHashMap<>();
            given.forEach((node, id) -> {
              long number = Types.INTEGER.convert().apply(id);
              if (number < 1 || number > Integer.MAX_VALUE || ids.containsValue((int) number)) {
                throw new BadValue("the id of " + node + " must be a positive number of its own");
              }
              ids.put(node, (int) number);
            });
            return ids;
          });

  private static SequencedMap<String, String> options(SequencedMap<String, Value> given) {
    SequencedMap<String, String> options = new LinkedHashMap<>();
    given.forEach((name, value) -> {
      if (!name.matches("[a-z][a-z0-9_]*")) {
        throw new BadValue("'" + name + "' cannot be the name of an option");
      }
      String text =
          value instanceof Value.Bool b
              ? b.value() ? "yes" : "no"
              : Types.TEXT.convert().apply(value).strip();
      if (text.isEmpty() || text.chars().anyMatch(c -> c == '{' || c == '}' || c < ' ')) {
        throw new BadValue("the value of '" + name + "' cannot stand in corosync.conf");
      }
      options.put(name, text);
    });
    return options;
  }

  private static SequencedMap<String, String> with(String... pairs) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  @Override
  public Form<CorosyncWish> form() {
    var form =
        Form.builder().atMostOne("links", "content", "template").atMostOne("content", "template");
    var name = form.optional("cluster_name", Types.NAME, "The cluster's name.");
    var links =
        form.optional(
            "links",
            LINKS,
            "For each link the address of each node by node name, or a network in which each has"
                + " one.",
            "link0",
            "address");
    var ids =
        form.optional("nodeids", IDS, "Ids by node name; others keep theirs or get the lowest.");
    var transport =
        form.optional(
            "transport", Types.oneOf(Transport.class), Transport.KNET, "How messages travel.");
    var cipher =
        form.optionalText("crypto_cipher", "aes256", "Encryption, with knet only; none for none.");
    var hash =
        form.optionalText(
            "crypto_hash", "sha256", "Authentication, with knet only; none for none.");
    var totem = form.optional("totem", OPTIONS, "Further options of 'totem'.");
    var quorum = form.optional("quorum", OPTIONS, "Further options of 'quorum'.");
    var logging = form.optional("logging", OPTIONS, "Options of 'logging'; to syslog without any.");
    var key =
        form.optional("authkey", Tainted.TYPE, "The key in Base64; without it one is generated.");
    form.secret();
    var content = form.optional("content", Tainted.TYPE, "The whole corosync.conf.");
    var template = form.optional("template", Types.TEMPLATE, "A template of corosync.conf.");
    var enabled = form.optional("enabled", Types.BOOL, true, "Whether it starts at boot.");
    return form.into(a -> {
      SequencedMap<String, String> all = with("transport", Types.word(a.get(transport)));
      if (a.get(transport) == Transport.KNET) {
        all.put("crypto_cipher", a.get(cipher));
        all.put("crypto_hash", a.get(hash));
      }
      a.get(totem).ifPresent(all::putAll);
      var wish =
          new CorosyncWish(
              a.get(name).orElse(""),
              a.get(links).orElse(List.of()),
              a.get(ids).orElseGet(LinkedHashMap::new),
              all,
              a.get(quorum).orElseGet(LinkedHashMap::new),
              a.get(logging).orElseGet(() -> with("to_logfile", "no", "to_syslog", "yes")),
              a.get(key),
              a.get(template).or(() -> a.get(content).map(Tainted::content)),
              a.get(enabled));
      check(wish);
      return wish;
    });
  }

  /** How messages travel, corosync.conf(5). */
  enum Transport {
    KNET,
    UDPU,
    UDP
  }

  private static void check(CorosyncWish wish) {
    if (wish.own().isEmpty()) {
      if (wish.links().isEmpty()) {
        throw new BadValue("the nodes need an address", "give 'links', or a 'template'");
      }
      if (!wish.clusterName().matches("[A-Za-z0-9_.-]{1,15}")) {
        throw new BadValue(
            "the cluster needs a name of up to 15 letters and digits", "give 'cluster_name'");
      }
    }
    wish.key()
        .ifPresent(k -> {
          int length;
          try {
            length = Base64.getMimeDecoder().decode(k.text()).length;
          } catch (IllegalArgumentException e) {
            throw new BadValue("the key is not Base64", "base64 < /etc/corosync/authkey writes it");
          }
          if (length < 128 || length > 4096) {
            throw new BadValue("a key has 128 to 4096 bytes, this one has " + length);
          }
        });
  }

  @Override
  public Probe<CorosyncState> probe(CorosyncWish wish) {
    return CorosyncState.probe(wish);
  }

  @Override
  public ClusterDecision<CorosyncState> plan(CorosyncWish wish, Members<CorosyncState> observed) {
    return new CorosyncPlan(wish, observed).decide();
  }

  @Override
  public Optional<Diagnosis> diagnose(CorosyncWish wish, Members<CorosyncState> observed) {
    return Optional.of(Diagnosis.of(observed, Corosync::standing, false));
  }

  private static String standing(CorosyncState state) {
    return state.runs()
        ? "sees the members "
            + new TreeSet<>(state.members())
            + (state.quorate() ? ", quorate" : ", not quorate")
        : "corosync does not run";
  }

  @Override
  public Value.Dict result(CorosyncWish wish, Members<CorosyncState> observed) {
    var nodes = new LinkedHashMap<String, Value>();
    observed.observed().values().stream()
        .flatMap(s -> s.conf().stream())
        .findFirst()
        .map(ConfFile::ids)
        .orElse(Map.of())
        .forEach((node, id) -> nodes.put(node, Value.number(id)));
    var members = new TreeSet<String>();
    observed.observed().values().stream().findFirst().ifPresent(s -> members.addAll(s.members()));
    observed.observed().values().forEach(s -> members.retainAll(s.members()));
    var result = new LinkedHashMap<String, Value>();
    result.put("cluster_name", new Value.Text(wish.clusterName(), false));
    result.put("quorate", new Value.Bool(observed.everywhere(CorosyncState::quorate), false));
    result.put("nodes", new Value.Dict(nodes));
    result.put(
        "members",
        new Value.Items(members.stream().map(m -> (Value) new Value.Text(m, false)).toList()));
    return new Value.Dict(result);
  }
}
