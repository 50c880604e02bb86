package dev.hactl.modules.control;

import dev.hactl.engine.module.Condition;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Shows a message or the value of an expression. */
@HactlModule("debug")
public final class Debug implements ControlModule<Debug.Params> {

  /** What to show: exactly one of the two; a greeting when neither is given. */
  public record Params(Optional<Value> msg, Optional<Condition> variable) {}

  @Override
  public Manual manual() {
    return Manual.control(
        "Show a message or a value",
        "Values that come from secrets are shown as a placeholder.",
        Example.of("A message", "- debug:\n    msg: The virtual IP is 192.0.2.10\n"),
        Example.of("A value", "- debug:\n    var: inventory_hostname\n"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().atMostOne("msg", "var");
    var msg =
        form.optional("msg", Types.ANY, "The message; lists and mappings are shown as they are.");
    var variable = form.optional("var", Types.EXPRESSION, "An expression whose value is shown.");
    return form.into(a -> new Params(a.get(msg), a.get(variable)));
  }

  @Override
  public Control steer(Params params) {
    var shown = new LinkedHashMap<String, Value>();
    params.variable().ifPresent(v -> shown.put(v.text(), v.value()));
    if (shown.isEmpty()) {
      shown.put("msg", params.msg().orElse(Value.text("Hello world!")));
    }
    return new Control.Say(shown);
  }
}
