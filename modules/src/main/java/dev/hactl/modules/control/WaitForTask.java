package dev.hactl.modules.control;

import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Types;
import java.time.Duration;

/** Waits for the end of a detached task. */
@HactlModule("wait_for_task")
public final class WaitForTask implements ControlModule<WaitForTask.Params> {

  /** Which task, and how long. */
  record Params(String task, Duration timeout) {}

  @Override
  public Manual manual() {
    return Manual.control(
            "Wait for the end of a detached task",
            """
            Waits on each host for what an earlier task started there with `detach: true`, and
            fails when that failed, with its status and output. A host on which nothing was started
            (a `when` was false, it had nothing to do) is `ok` at once. `creates`, `removes` and
            `check` of the detached task are verified now, when it has ended.

            After `timeout` seconds this task fails, while the other goes on and keeps the host
            locked. A lost connection is made anew, and the wait goes on over the new one. The
            start was the change, so this task changes nothing. Check mode starts nothing and skips
            the wait.
            """,
            Example.of(
                "Start, do something else, wait",
                """
                - shell: sleep 1; date > /srv/hactl-example.stamp
                  args:
                    creates: /srv/hactl-example.stamp
                  detach: true
                  register: stamp
                - debug:
                    msg: something else
                - wait_for_task:
                    task: stamp
                    timeout: 60
                """))
        .returning(
            new Return("started", "Whether anything was started on this host."),
            new Return("finished", "Whether it has ended."));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().freeForm("task");
    var task =
        form.required(
            "task",
            Types.TEXT,
            "The `register` of the detached task, or its name. It is no expression.");
    var timeout =
        form.optional(
            "timeout",
            Types.SECONDS,
            Duration.ofMinutes(10),
            "Seconds after which this task fails. The detached one is not ended by that.");
    return form.into(a -> new Params(a.get(task), a.get(timeout)));
  }

  @Override
  public Control steer(Params params) {
    return new Control.Join(params.task(), params.timeout());
  }
}
