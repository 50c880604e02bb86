package dev.hactl.modules.nodes;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
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
    wish.enabled()
        .filter(e -> e != now.enabled())
        .ifPresent(e -> changes.add(PacemakerChanges.enable(e)));
    switch (wish.state()) {
      case STOPPED -> {
        if (!now.active().equals("inactive") && !now.active().equals("failed")) {
          changes.add(PacemakerChanges.stop(now));
        }
      }
      case STARTED -> started(wish, now, changes);
    }
    return Decision.change(
        changes, PacemakerChanges.UNIT, Thing.path("/etc/corosync/corosync.conf"));
  }

  private static void started(Params wish, NodeState now, List<Change<NodeState>> changes) {
    boolean standby = wish.node().filter(Node.STANDBY::equals).isPresent();
    boolean online = wish.node().filter(Node.ONLINE::equals).isPresent();
    if (!now.runs()) {
      changes.add(PacemakerChanges.start(wish, standby));
    } else if (!now.ready()) {
      changes.add(PacemakerChanges.join(wish, now));
    }
    if (now.runs() && standby && !now.standby()) {
      changes.add(PacemakerChanges.standby(wish, now));
    } else if (online && (!now.runs() || now.standby())) {
      // Whether a node that is down is in standby is known only when it has joined.
      if (now.runs()) {
        changes.add(PacemakerChanges.online(wish, now));
      } else {
        changes.add(PacemakerChanges.onlineLater(wish, now));
      }
    }
  }

  @Override
  public Optional<Diagnosis> diagnose(Params wish, NodeState now) {
    return Optional.of(
        new Diagnosis(
            now.node()
                + ": "
                + PacemakerChanges.show(now)
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
