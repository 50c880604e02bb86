package dev.hactl.modules.nodes;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Settle;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.time.Duration;

/** The single changes that can be made to a node's Pacemaker. Pure. */
final class PacemakerChanges {
  static final Thing UNIT = Thing.unit("pacemaker.service");

  private PacemakerChanges() {}

  static Change<NodeState> enable(boolean wanted) {
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
  static Change<NodeState> start(Pacemaker.Params wish, boolean standby) {
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

  static Change<NodeState> join(Pacemaker.Params wish, NodeState now) {
    return Change.<NodeState>to("wait until " + now.node() + " is online", NodeState::ready)
        .diff(Diff.of(now.node(), new Diff.Property("state", show(now), "online")))
        .step(Step.sh(":\n"))
        .settle(Settle.within(wish.patience()))
        .build();
  }

  static Change<NodeState> stop(NodeState now) {
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

  static Change<NodeState> standby(Pacemaker.Params wish, NodeState now) {
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

  static Change<NodeState> online(Pacemaker.Params wish, NodeState now) {
    return Change.<NodeState>to("end the standby of " + now.node(), s -> !s.standby())
        .diff(Diff.of(now.node(), new Diff.Property("standby", "on", "off")))
        .step(Step.sh(end(now)))
        .settle(Settle.within(wish.patience()))
        .touches(Footprint.of(new Thing(Thing.Kind.OTHER, "cluster")))
        .build();
  }

  static Change<NodeState> onlineLater(Pacemaker.Params wish, NodeState now) {
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

  static String show(NodeState now) {
    if (!now.runs()) {
      return "pacemaker.service is " + now.active();
    }
    return now.status()
        .map(s ->
            s.online() ? s.pending() ? "joining" : s.standby() ? "standby" : "online" : "offline")
        .orElse("unknown to the cluster");
  }
}
