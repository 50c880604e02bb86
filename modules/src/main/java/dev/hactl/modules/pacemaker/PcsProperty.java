package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.OperatorState;
import dev.hactl.modules.cib.PropertyEdit;
import dev.hactl.modules.cib.Setting;
import dev.hactl.modules.text.Tainted;
import java.util.List;
import java.util.Optional;

/** Properties of a cluster. */
@HactlModule("pcs_property")
public final class PcsProperty implements CibModule<PcsProperty.Params> {

  /** The wanted properties; an empty value removes one. */
  public record Params(List<Setting> wanted) {}

  @Override
  public Manual manual() {
    return Manuals.of(
        "Manage properties of a Pacemaker cluster",
        "Sets or removes cluster options such as stonith-enabled or no-quorum-policy; others stay as"
            + " they are. Properties that Pacemaker keeps itself (dc-version, cluster-name, ...) and"
            + " the operator's switches (maintenance-mode, stop-all-resources) are refused: a"
            + " playbook that is run again must not end somebody's maintenance. See Pacemaker"
            + " Explained, 'Cluster options'.",
        Manual.Example.of(
            "One property", "- pcs_property:\n    name: no-quorum-policy\n    value: stop\n"),
        Manual.Example.of(
            "Several at once",
            """
            - pcs_property:
                properties:
                  cluster-recheck-interval: 5min
                  stonith-timeout: 90s
            """),
        Manual.Example.on(
            "crm_attribute --name no-quorum-policy --update stop",
            "Back to the default",
            "- pcs_property:\n    name: no-quorum-policy\n    state: absent\n"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().atMostOne("name", "properties").atLeastOne("name", "properties");
    var name = form.optional("name", Types.NAME, "The property's name.");
    var value = form.optional("value", Tainted.TYPE, "Its value.");
    var properties =
        form.optional(
            "properties", SettingsType.TYPE, "Several properties; an empty value removes one.");
    var state =
        form.optional(
            "state", Types.oneOf(Presence.class), Presence.PRESENT, "Whether 'name' is set.");
    return form.into(a -> params(a.get(name), a.get(value), a.get(properties), a.get(state)));
  }

  private static Params params(
      Optional<String> name,
      Optional<Tainted> value,
      Optional<List<Setting>> properties,
      Presence state) {
    boolean absent = state == Presence.ABSENT;
    if (properties.isPresent() && (absent || value.isPresent())) {
      throw new BadValue("'value' and 'state' go with 'name'", "an empty value removes a property");
    }
    if (name.isPresent() && absent == value.isPresent()) {
      throw new BadValue(absent ? "an absent property has no value" : "the property needs a value");
    }
    List<Setting> wanted =
        properties.orElseGet(() ->
            List.of(new Setting(name.orElseThrow(), value.orElseGet(() -> Tainted.open("")))));
    wanted.forEach(s -> refuseForeign(s.name()));
    return new Params(wanted);
  }

  private static void refuseForeign(String name) {
    if (OperatorState.isOfCluster(name)) {
      throw new BadValue("the property '" + name + "' is kept by Pacemaker itself");
    }
    if (OperatorState.isProperty(name)) {
      throw new BadValue(
          "'"
              + name
              + "' is the operator's switch, which a playbook must not turn by being run"
              + " again",
          "turn it in a task of an operation: command: crm_attribute --name "
              + name
              + " --update true");
    }
  }

  @Override
  public CibEdit edit(Params params) {
    return new PropertyEdit(params.wanted());
  }
}
