package dev.hactl.modules.control;

import dev.hactl.engine.module.Condition;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Types;
import java.util.List;

/** Fails unless conditions hold. */
@HactlModule("assert")
public final class Assert implements ControlModule<Assert.Params> {

  /** The conditions and what is said. */
  record Params(List<Condition> that, String whenTrue, String whenFalse, boolean quiet) {}

  @Override
  public Manual manual() {
    return Manual.control(
        "Fail unless conditions hold",
        """
        Each condition is an expression like those of `when`. All of them must hold; the first that
        does not is shown with the message. In check mode a condition that rests on something which
        only a real run can know is reported as unknown, never as passed.
        """,
        Example.of(
            "Two conditions and a message",
            """
            - assert:
                that:
                  - 1 + 1 == 2
                  - inventory_hostname?length gt 0
                fail_msg: arithmetic has changed
                success_msg: all is well
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var that = form.required("that", Types.EXPRESSIONS, "One condition or a list of them.");
    var failure =
        form.optionalText("fail_msg", "Assertion failed", "Said when one does not hold.", "msg");
    var success =
        form.optionalText("success_msg", "All assertions passed", "Said when all of them hold.");
    var quiet =
        form.optional("quiet", Types.BOOL, false, "Whether nothing is said when all of them hold.");
    return form.into(a -> new Params(a.get(that), a.get(success), a.get(failure), a.get(quiet)));
  }

  @Override
  public Control steer(Params params) {
    return new Control.Require(
        params.that(), params.quiet() ? "" : params.whenTrue(), params.whenFalse());
  }
}
