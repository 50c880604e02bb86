package dev.hactl.modules.security;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Form.Filled;
import dev.hactl.engine.module.Form.Maybe;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Something in a zone of firewalld. */
@HactlModule("firewalld")
public final class Firewalld implements HostModule<Firewalld.Params, Zones> {

  /** Whether the zone has it. */
  enum State {
    ENABLED,
    DISABLED,
    PRESENT,
    ABSENT
  }

  /**
   * What is wanted.
   *
   * @param zone empty for the default zone
   * @param kept whether the permanent configuration is compared
   * @param runs whether the running firewall is compared
   * @param offline whether a firewalld that does not run is fine
   */
  record Params(
      Optional<String> zone,
      ZoneItem item,
      boolean wanted,
      boolean kept,
      boolean runs,
      boolean offline) {}

  private static final Type.Plain<String> ZONE =
      Types.NAME.map(
          "zone",
          z -> {
            if (!z.matches("[A-Za-z0-9_/][A-Za-z0-9_/-]{0,16}")) {
              throw new BadValue(
                  "'" + z + "' is not the name of a zone", "at most 17 letters and digits");
            }
            return z;
          });

  private static final Type.Plain<String> PORT =
      Types.NAME.map(
          "port",
          p -> {
            if (!p.matches("\\d{1,5}(-\\d{1,5})?/(tcp|udp|sctp|dccp)")) {
              throw new BadValue("'" + p + "' is not a port", "write 8080/tcp or 8000-8010/udp");
            }
            return p;
          });

  /** firewalld.zone(5). */
  private static final Type.Plain<String> TARGET =
      Types.NAME.map(
          "target",
          t -> {
            if (!List.of("default", "ACCEPT", "DROP", "%%REJECT%%").contains(t)) {
              throw new BadValue("'" + t + "' is not one of default, ACCEPT, DROP, %%REJECT%%");
            }
            return t;
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a zone of firewalld",
            """
            One service, port, rule, ... of a zone a task. Unlike Ansible's module it works on the \
            running firewall and on the permanent configuration when neither 'permanent' nor \
            'immediate' is given, because a rule that is only kept does nothing, and one that only \
            runs is lost at the next reload; give one of them to concern yourself with that alone. \
            Both are compared. All tasks of a play share two calls of firewall-cmd, which cost a \
            start of Python each. Taking away what the running firewall lets in may cut \
            connections and needs consent as disruptive. While firewalld does not run, the \
            permanent configuration is managed with firewall-offline-cmd.\
            """,
            Example.of(
                "A service of the cluster",
                "- firewalld:\n    service: high-availability\n    state: enabled\n"),
            Example.of(
                "A port for one network",
                """
                - firewalld:
                    zone: internal
                    rich_rule: rule family=ipv4 source address=192.0.2.0/24 port port=5432 protocol=tcp accept
                    state: enabled
                """))
        .returning(new Return("zone", "the zone"), new Return("running", "whether firewalld runs"))
        .testedOn(Manual.LabLevel.RECORDS);
  }

  @Override
  public Form<Params> form() {
    return new Fields(
            Form.builder()
                .atMostOne(
                    "service",
                    "port",
                    "protocol",
                    "source",
                    "interface",
                    "icmp_block",
                    "icmp_block_inversion",
                    "rich_rule",
                    "masquerade",
                    "forward",
                    "port_forward",
                    "target"))
        .form();
  }

  /** The handles of all parameters. */
  private static final class Fields {
    private final Form.Builder form;
    private final Maybe<String> zone;
    private final Maybe<String> service;
    private final Maybe<String> port;
    private final Maybe<String> protocol;
    private final Maybe<String> source;
    private final Maybe<String> network;
    private final Maybe<String> icmp;
    private final Maybe<Boolean> inversion;
    private final Maybe<String> rich;
    private final Maybe<Boolean> masquerade;
    private final Maybe<Boolean> forward;
    private final Maybe<List<Value>> portForward;
    private final Maybe<String> target;
    private final Form.Required<State> state;
    private final Maybe<Boolean> permanent;
    private final Maybe<Boolean> immediate;
    private final Form.Defaulted<Boolean> offline;

    Fields(Form.Builder form) {
      this.form = form;
      zone = form.optional("zone", ZONE, "The zone; the default zone when left out.");
      service = form.optional("service", Types.NAME, "A service firewalld knows.");
      port = form.optional("port", PORT, "A port or range with its protocol.");
      protocol = form.optional("protocol", Types.NAME, "A protocol, such as vrrp.");
      source = form.optional("source", Types.NAME, "A network whose packets belong to the zone.");
      network = form.optional("interface", Types.NAME, "An interface that belongs to the zone.");
      icmp = form.optional("icmp_block", Types.NAME, "An ICMP type that is blocked.");
      inversion =
          form.optional(
              "icmp_block_inversion",
              Types.BOOL,
              "Whether the listed ICMP types are the allowed ones.");
      rich = form.optional("rich_rule", Types.NAME, "A rule of firewalld.richlanguage(5).");
      masquerade = form.optional("masquerade", Types.BOOL, "Whether the zone masquerades.");
      forward =
          form.optional("forward", Types.BOOL, "Whether packets are forwarded inside the zone.");
      portForward =
          form.optional(
              "port_forward",
              Types.listOf(Types.ANY),
              "One mapping of port, proto, toport and toaddr.");
      target = form.optional("target", TARGET, "What happens to other packets; permanent only.");
      state = form.required("state", Types.oneOf(State.class), "Whether the zone has it.");
      permanent = form.optional("permanent", Types.BOOL, "Concerns the kept configuration.");
      immediate = form.optional("immediate", Types.BOOL, "Concerns the running firewall.");
      offline =
          form.optional("offline", Types.BOOL, false, "Do not mind when firewalld does not run.");
    }

    Form<Params> form() {
      return form.into(this::params);
    }

    private Params params(Filled a) {
      boolean on = a.get(state) == State.ENABLED || a.get(state) == State.PRESENT;
      ZoneItem item = item(a);
      boolean onlyKept = item instanceof ZoneItem.Itself || item instanceof ZoneItem.Target;
      if (item instanceof ZoneItem.Itself
          && (a.get(zone).isEmpty()
              || a.get(state) == State.ENABLED
              || a.get(state) == State.DISABLED)) {
        throw new BadValue(
            "what of the zone?",
            "give a service, port, rich_rule, ...; a zone itself is present or absent");
      }
      boolean neither = a.get(permanent).isEmpty() && a.get(immediate).isEmpty();
      boolean kept = a.get(permanent).orElse(neither) || onlyKept;
      boolean runs = !onlyKept && a.get(immediate).orElse(neither || !kept);
      return new Params(a.get(zone), item, on == switched(a), kept, runs, a.get(offline));
    }

    /** {@code masquerade: false, state: enabled} wants it off, as in Ansible. */
    private boolean switched(Filled a) {
      return a.get(masquerade).or(() -> a.get(forward)).or(() -> a.get(inversion)).orElse(true);
    }

    private ZoneItem item(Filled a) {
      return listed("service", "services", a.get(service))
          .or(() -> listed("port", "ports", a.get(port)))
          .or(() -> listed("protocol", "protocols", a.get(protocol)))
          .or(() -> listed("source", "sources", a.get(source)))
          .or(() -> listed("interface", "interfaces", a.get(network)))
          .or(() -> listed("icmp-block", "icmp-blocks", a.get(icmp)))
          .or(() -> a.get(rich).map(ZoneItem.Rich::new))
          .or(() -> a.get(masquerade).map(m -> new ZoneItem.Switch("masquerade")))
          .or(() -> a.get(forward).map(m -> new ZoneItem.Switch("forward")))
          .or(() -> a.get(inversion).map(m -> new ZoneItem.Switch("icmp-block-inversion")))
          .or(() -> a.get(target).map(t -> new ZoneItem.Target(t)))
          .or(() -> a.get(portForward).map(Fields::forwarded))
          .orElseGet(ZoneItem.Itself::new);
    }

    private static Optional<ZoneItem> listed(String kind, String property, Optional<String> value) {
      return value.map(v -> new ZoneItem.Listed(kind, property, v));
    }

    private static ZoneItem forwarded(List<Value> all) {
      if (all.size() != 1 || !(all.getFirst() instanceof Value.Dict dict)) {
        throw new BadValue("port_forward takes one mapping", "with port, proto, toport and toaddr");
      }
      var parts = new ArrayList<String>();
      for (String key : List.of("port", "proto", "toport", "toaddr")) {
        parts.add(key + "=" + dict.get(key).map(Types.NAME.convert()).orElse(""));
      }
      if (parts.get(0).endsWith("=") || parts.get(1).endsWith("=")) {
        throw new BadValue("port_forward needs port and proto");
      }
      return new ZoneItem.Listed("forward-port", "forward-ports", String.join(":", parts));
    }
  }

  @Override
  public Probe<Zones> probe(Params p) {
    return Zones.probe();
  }

  @Override
  public Decision<Zones> plan(Params p, Zones observed) {
    return ZonePlan.decide(p, observed);
  }

  @Override
  public Value.Dict result(Params p, Zones observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("zone", Value.text(p.zone().orElse(observed.byDefault())));
    fields.put("running", Value.bool(observed.running()));
    return new Value.Dict(fields);
  }
}
