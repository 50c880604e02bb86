package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.cib.Agent;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.LevelEdit;
import dev.hactl.modules.cib.Operation;
import dev.hactl.modules.cib.PrimitiveEdit;
import dev.hactl.modules.cib.ResourceRemoval;
import dev.hactl.modules.cib.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fencing device of a cluster. */
@HactlModule("pcs_stonith")
public final class PcsStonith implements CibModule<PcsStonith.Params> {

  /**
   * The wanted device.
   *
   * @param name its id
   * @param state whether it is there
   * @param agent what talks to it
   * @param options what the agent gets
   * @param meta how Pacemaker treats it
   * @param operations its actions
   * @param levels node names and the level at which the device is tried for them
   */
  public record Params(
      String name,
      Presence state,
      Optional<Agent> agent,
      Optional<List<Setting>> options,
      Optional<List<Setting>> meta,
      Optional<List<Operation>> operations,
      List<Setting> levels) {}

  @Override
  public Manual manual() {
    return Manuals.of(
        "Manage a fencing device of a Pacemaker cluster",
        "A device that can switch a node off, with its options, and the levels at which it is tried."
            + " Passwords are never shown. Each of 'options', 'meta' and 'operations' that is given"
            + " is all there is of its kind. Fencing itself is switched on by"
            + " 'pcs_property: {name: stonith-enabled, value: true}'.",
        Manual.Example.of(
            "A power switch",
            """
            - pcs_stonith:
                name: fence-db1
                agent: fence_ipmilan
                options:
                  ip: 198.51.100.11
                  username: admin
                  password: wonder
                  pcmk_host_list: db1
                levels:
                  db1: 1
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var name = form.required("name", PcmkTypes.ID, "The device's id.", "id");
    var state =
        form.optional(
            "state", Types.oneOf(Presence.class), Presence.PRESENT, "Whether it is configured.");
    var agent =
        form.optional(
            "agent",
            PcmkTypes.FENCE_AGENT,
            "The fence agent, such as fence_ipmilan. Needed when the device is not there yet.",
            "stonith_type",
            "type");
    var options =
        form.optional(
            "options",
            SettingsType.TYPE,
            "What the agent gets, and pcmk_host_list, pcmk_delay_base and the like.",
            "params",
            "instance_attributes");
    var meta =
        form.optional("meta", SettingsType.TYPE, "How Pacemaker treats it.", "meta_attributes");
    var operations =
        form.optional(
            "operations",
            OperationsType.TYPE,
            "Its actions; without any it is monitored every 60 seconds.",
            "op",
            "ops");
    var levels =
        form.optional(
            "levels",
            SettingsType.TYPE,
            List.of(),
            "Node names and the level (1 is tried first) at which this device fences them.");
    return form.into(a ->
        new Params(
            a.get(name),
            a.get(state),
            a.get(agent),
            a.get(options),
            a.get(meta),
            a.get(operations),
            checked(a.get(levels))));
  }

  private static List<Setting> checked(List<Setting> levels) {
    for (Setting level : levels) {
      if (!level.text().matches("[1-9]")) {
        throw new BadValue(
            "the level of "
                + level.name()
                + " is a number from 1 to 9, not '"
                + level.text()
                + "'");
      }
    }
    return levels;
  }

  @Override
  public CibEdit edit(Params p) {
    if (p.state() == Presence.ABSENT) {
      return new ResourceRemoval(p.name());
    }
    var edits = new ArrayList<CibEdit>();
    edits.add(new PrimitiveEdit(p.name(), p.agent(), p.options(), p.meta(), p.operations(), false));
    p.levels().forEach(l -> edits.add(new LevelEdit(p.name(), l.name(), Long.parseLong(l.text()))));
    return CibEdit.all(edits);
  }
}
