package dev.hactl.modules.control;

import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Types;

/** Changes the order of the play. */
@HactlModule("meta")
public final class Meta implements ControlModule<Meta.Params> {

  /** What happens. */
  record Params(Control.Meta action) {}

  @Override
  public Manual manual() {
    return Manual.control(
        "Change the order of the play",
        """
        - `flush_handlers` runs the notified handlers now.
        - `end_play` ends the play on all hosts and in all batches, without a failure.
        - `end_batch` ends it for the hosts of this batch of `serial`.
        - `end_host` ends the play on this host, without a failure. What was notified before runs
          all the same, here as after `end_play` and `end_batch`.
        - `end_role` ends the role it stands in for this host, with what the role imports; the host
          goes on behind the role. It is a mistake outside of roles and in handlers.
        - `clear_host_errors` brings back hosts that failed or were lost in this run; they stay
          failed in the recap. It is reached where `any_errors_fatal: false` lets others go on.
        - `reset_connection` logs in anew, with the new groups of the login user; the host stays
          locked for this run.
        - `noop` does nothing.

        The task's `when` holds for all of them, `flush_handlers` too: a host whose condition is
        false keeps its handlers for later.
        """,
        Example.of("Run notified handlers now", "- meta: flush_handlers\n"),
        Example.of(
            "Leave a host alone",
            """
            - meta: end_host
              when: inventory_hostname == 'no-such-host'
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().freeForm("action");
    var action =
        form.required(
            "action",
            Types.oneOf(Control.Meta.class),
            "What happens; written as the task's plain text.",
            "free_form");
    return form.into(a -> new Params(a.get(action)));
  }

  @Override
  public Control steer(Params params) {
    return new Control.Steer(params.action());
  }
}
