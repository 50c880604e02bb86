package dev.hactl.modules.control;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** Sets variables of a host. */
@HactlModule("set_fact")
public final class SetFact implements ControlModule<SetFact.Params> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** The variables in the order they were written. */
  record Params(SequencedMap<String, Value> facts) {}

  @Override
  public Manual manual() {
    return Manual.control(
        "Set variables of this host for the rest of the run",
        """
        Every parameter is the name of a variable. The variables take precedence over those of the
        inventory and the play, as registered results do; only `-e` is stronger. A value that is
        computed from a secret is a secret. They are gone when the run ends: hactl keeps no cache of
        facts, so `cacheable: true` is refused.
        """,
        Example.of(
            "Two variables",
            """
            - set_fact:
                vip: 192.0.2.10
                peers: [db1, db2]
            - debug:
                msg: ${vip} of ${peers?join(' and ')}
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().open();
    var cacheable =
        form.optional("cacheable", Types.BOOL, false, "Only false: facts do not outlive the run.");
    return form.into(a -> {
      if (a.get(cacheable)) {
        throw new BadValue(
            "hactl keeps no facts between runs", "leave cacheable out, or use group_vars");
      }
      return new Params(facts(a));
    });
  }

  private static SequencedMap<String, Value> facts(Form.Filled filled) {
    var facts = new LinkedHashMap<>(filled.free());
    if (facts.isEmpty()) {
      throw new BadValue("no variable is given", "write name: value");
    }
    for (String name : facts.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new BadValue(
            "'" + name + "' cannot be the name of a variable",
            "names begin with a letter and hold letters, digits and underscores");
      }
    }
    return facts;
  }

  @Override
  public Control steer(Params params) {
    return new Control.SetFacts(params.facts());
  }
}
