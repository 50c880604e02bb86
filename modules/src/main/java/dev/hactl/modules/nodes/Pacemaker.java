package dev.hactl.modules.nodes;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Settle;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Pacemaker on a node: its service, and whether the node may have resources. */
@HactlModule("pacemaker")
public final class Pacemaker implements HostModule<Pacemaker.Params, NodeState> {
  private static final Thing UNIT = Thing.unit("pacemaker.service");

  /** Whether the service runs. */
  enum State {
    STARTED,
    STOPPED
  }

  /** Whether the node may have resources. */
  enum Node {
    ONLINE,
    STANDBY
  }

  /**
   * What is wanted.
   *
   * @param node nothing leaves it as the operator left it
   */
  record Params(State state, Optional<Boolean> enabled, Optional<Node> node, Duration patience) {}

  @Override
  public Manual manual() {
    return new Manual(
        "Manage Pacemaker's service and the standby of a node",
        """
        Starts Pacemaker and waits until the node has joined the cluster, or stops it. With 'node' \
        the node is put into standby, which moves its resources away, or taken out of it. Without \
        'node' that stays as it is: a playbook that is run again never ends somebody's standby. A \
        node that is to be in standby when it is started enters the cluster so. Stopping, and \
        standby of a node that has resources, need 'allow: disruptive', and then go one host at a \
        time. See pacemakerd(8), crm_attribute(8).\
        """,
        Manual.Kind.STATE,
        Manual.Scope.HOST,
        Manual.LabLevel.MACHINE,
        List.of(
            Example.of("A member of a cluster", "- pacemaker:\n    enabled: true\n"),
            Example.of("Into standby for maintenance", "- pacemaker:\n    node: standby\n"),
            Example.of(
                "Out of the cluster",
                "- pacemaker:\n    state: stopped\n    enabled: false\n  allow: disruptive\n")),
        List.of(
            new Return("node", "its name"),
            new Return("online", "whether it has joined the cluster"),
            new Return("standby", "whether it may have no resources"),
            new Return("maintenance", "whether its resources are left alone"),
            new Return("quorate", "whether its partition has quorum"),
            new Return("dc", "the node that coordinates")));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var state = form.optional("state", Types.oneOf(State.class), State.STARTED, "Whether it runs.");
    var enabled = form.optional("enabled", Types.BOOL, "Whether it starts at boot.");
    var node =
        form.optional(
            "node",
            Types.oneOf(Node.class),
            "Whether the node may have resources; else unchanged.");
    var wait =
        form.optional(
            "wait",
            Types.SECONDS,
            Duration.ofMinutes(10),
            "How long the cluster may take until it is so.");
    return form.into(a -> {
      var params = new Params(a.get(state), a.get(enabled), a.get(node), a.get(wait));
      if (params.state() == State.STOPPED && params.node().isPresent()) {
        throw new BadValue("a node whose Pacemaker is stopped has no standby");
      }
      return params;
    });
  }

  @Override
  public Probe<NodeState> probe(Params params) {
    return NodeState.probe();
  }

  @Override
  public Decision<NodeState> plan(Params wish, NodeState now) {
    if (!now.tools() && wish.state() == State.STOPPED) {
      return Decision.ok(Thing.command("pacemakerd").absent());
    }
    if (!now.tools()) {
      return new Decision.Blocked<>(
          Thing.command("pacemakerd"), "there is no pacemakerd on this host (package pacemaker)");
    }
    if (!now.systemd()) {
      return new Decision.Impossible<>(
          "systemd does not run here, and nothing else is known to start Pacemaker");
    }
    if (wish.state() == State.STARTED && !now.membership() && !now.runs()) {
      return new Decision.Blocked<>(
          Thing.path("/etc/corosync/corosync.conf"),
          "there is no /etc/corosync/corosync.conf, so there is no cluster to join");
    }
    var changes = new ArrayList<Change<NodeState>>();
    wish.enabled().filter(e -> e != now.enabled()).ifPresent(e -> changes.add(enable(e)));
    switch (wish.state()) {
      case STOPPED -> {
        if (!now.active().equals("inactive") && !now.active().equals("failed")) {
          changes.add(stop(now));
        }
      }
      case STARTED -> started(wish, now, changes);
    }
    return Decision.change(changes, UNIT, Thing.path("/etc/corosync/corosync.conf"));
  }

  private static void started(Params wish, NodeState now, List<Change<NodeState>> changes) {
    boolean standby = wish.node().filter(Node.STANDBY::equals).isPresent();
    boolean online = wish.node().filter(Node.ONLINE::equals).isPresent();
    if (!now.runs()) {
      changes.add(start(wish, standby));
    } else if (!now.ready()) {
      changes.add(join(wish, now));
    }
    if (now.runs() && standby && !now.standby()) {
      changes.add(standby(wish, now));
    } else if (online && (!now.runs() || now.standby())) {
      // Whether a node that is down is in standby is known only when it has joined.
      if (now.runs()) {
        changes.add(online(wish, now));
      } else {
        changes.add(onlineLater(wish, now));
      }
    }
  }

  private static Change<NodeState> enable(boolean wanted) {
    return Change.<NodeState>to(
            (wanted ? "enable" : "disable") + " pacemaker.service", s -> s.enabled() == wanted)
        .diff(
            Diff.of("pacemaker.service", new Diff.Property("at boot", word(!wanted), word(wanted))))
        .step(
            Step.sh(
                "systemctl %s pacemaker.service 2> /dev/null\n"
                    .formatted(wanted ? "enable" : "disable")))
        .touches(Footprint.of(UNIT))
        .build();
  }

  private static String word(boolean enabled) {
    return enabled ? "enabled" : "disabled";
  }

  /**
   * A node that is to be in standby must not be given resources for a moment. What systemd hands to
   * the units that it starts is taken back in any case, or a later start would be one in standby.
   */
  private static Change<NodeState> start(Params wish, boolean standby) {
    String start =
        standby
            ? """
            trap 'systemctl unset-environment PCMK_node_start_state' 0
            trap 'exit 143' 1 2 15
            systemctl set-environment PCMK_node_start_state=standby || exit 1
            systemctl start pacemaker.service
            """
            : "systemctl start pacemaker.service\n";
    return Change.<NodeState>to(
            standby ? "start pacemaker in standby" : "start pacemaker",
            s -> s.ready() && (!standby || s.standby()))
        .diff(Diff.of("pacemaker.service", new Diff.Property("state", "stopped", "started")))
        .step(standby ? Step.protectedSh(start, Step.DEADLINE) : Step.sh(start))
        .settle(new Settle(wish.patience(), Duration.ofSeconds(1)))
        .touches(Footprint.of(UNIT, Thing.unit("corosync.service")))
        .build();
  }

  private static Change<NodeState> join(Params wish, NodeState now) {
    return Change.<NodeState>to("wait until " + now.node() + " is online", NodeState::ready)
        .diff(Diff.of(now.node(), new Diff.Property("state", show(now), "online")))
        .step(Step.sh(":\n"))
        .settle(Settle.within(wish.patience()))
        .build();
  }

  private static Change<NodeState> stop(NodeState now) {
    return Change.<NodeState>to("stop pacemaker", s -> !s.runs())
        .diff(Diff.of("pacemaker.service", new Diff.Property("state", "started", "stopped")))
        .impact(
            new Impact.Disruptive(
                "stops Pacemaker and with it the %d resources of %s"
                    .formatted(now.resources(), now.node())))
        .step(Step.protectedSh("systemctl stop pacemaker.service\n", Duration.ofMinutes(30)))
        .settle(Settle.within(Duration.ofSeconds(30)))
        .touches(Footprint.of(UNIT))
        .build();
  }

  private static Change<NodeState> standby(Params wish, NodeState now) {
    return Change.<NodeState>to(
            "put " + now.node() + " into standby", s -> s.standby() && s.resources() == 0)
        .diff(Diff.of(now.node(), new Diff.Property("standby", "off", "on")))
        .impact(
            now.resources() == 0
                ? Impact.none()
                : new Impact.Disruptive(
                    "moves the %d resources of %s away".formatted(now.resources(), now.node())))
        .step(
            Step.sh(
                "crm_attribute --node %s --name standby --update on --lifetime forever\n"
                    .formatted(now.quoted())))
        .settle(Settle.within(wish.patience()))
        .touches(Footprint.of(new Thing(Thing.Kind.OTHER, "cluster")))
        .build();
  }

  private static String end(NodeState now) {
    return """
    for l in forever reboot; do
      crm_attribute --node NODE --name standby --delete --lifetime $l > /dev/null || exit 1
    done
    """
        .replace("NODE", now.quoted());
  }

  private static Change<NodeState> online(Params wish, NodeState now) {
    return Change.<NodeState>to("end the standby of " + now.node(), s -> !s.standby())
        .diff(Diff.of(now.node(), new Diff.Property("standby", "on", "off")))
        .step(Step.sh(end(now)))
        .settle(Settle.within(wish.patience()))
        .touches(Footprint.of(new Thing(Thing.Kind.OTHER, "cluster")))
        .build();
  }

  private static Change<NodeState> onlineLater(Params wish, NodeState now) {
    String joined =
        """
        end=$(($(date +%s) + SECONDS))
        until crm_attribute --node NODE --name standby --query --default off > /dev/null 2>&1; do
          [ "$(date +%s)" -lt $end ] || exit 1
          sleep 1
        done
        """
            .replace("SECONDS", Long.toString(wish.patience().toSeconds()))
            .replace("NODE", now.quoted());
    return Change.<NodeState>to("end a standby of " + now.node(), s -> s.ready() && !s.standby())
        .step(Step.sh(joined + end(now)))
        .settle(Settle.within(wish.patience()))
        .touches(Footprint.of(new Thing(Thing.Kind.OTHER, "cluster")))
        .build();
  }

  private static String show(NodeState now) {
    if (!now.runs()) {
      return "pacemaker.service is " + now.active();
    }
    return now.status()
        .map(s ->
            s.online() ? s.pending() ? "joining" : s.standby() ? "standby" : "online" : "offline")
        .orElse("unknown to the cluster");
  }

  @Override
  public Optional<Diagnosis> diagnose(Params wish, NodeState now) {
    return Optional.of(
        new Diagnosis(
            now.node()
                + ": "
                + show(now)
                + (now.resources() > 0 ? ", %d resources".formatted(now.resources()) : "")
                + (now.quorate() ? "" : ", no quorum"),
            now.active().equals("failed")));
  }

  @Override
  public Value.Dict result(Params wish, NodeState now) {
    var result = new LinkedHashMap<String, Value>();
    result.put("node", new Value.Text(now.node(), false));
    result.put("online", new Value.Bool(now.ready(), false));
    result.put("standby", new Value.Bool(now.standby(), false));
    result.put(
        "maintenance",
        new Value.Bool(now.status().filter(NodeState.Status::maintenance).isPresent(), false));
    result.put("quorate", new Value.Bool(now.quorate(), false));
    result.put("dc", new Value.Text(now.dc(), false));
    return new Value.Dict(result);
  }
}
