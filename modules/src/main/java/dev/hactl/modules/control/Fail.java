package dev.hactl.modules.control;

import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;

/** Fails the task. */
@HactlModule("fail")
public final class Fail implements ControlModule<Fail.Params> {

  /** What is said. */
  record Params(String message) {}

  @Override
  public Manual manual() {
    return Manual.control(
        "Fail with a message",
        "Usually together with `when`. It fails in check mode too, so that a plan shows it.",
        Example.of(
            "Refuse a host that is not meant",
            """
            - fail:
                msg: this playbook is not for this host
              when: inventory_hostname == 'no-such-host'
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var message = form.optionalText("msg", "Failed as requested from task", "What is said.");
    return form.into(a -> new Params(a.get(message)));
  }

  @Override
  public Control steer(Params params) {
    return new Control.Fail(params.message());
  }
}
