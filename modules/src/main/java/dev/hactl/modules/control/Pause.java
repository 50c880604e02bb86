package dev.hactl.modules.control;

import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.time.Duration;

/** Waits for a while. */
@HactlModule("pause")
public final class Pause implements ControlModule<Pause.Params> {
  private static final Type.Plain<Duration> MINUTES =
      Types.SECONDS.map("minutes", seconds -> seconds.multipliedBy(60));

  /** How long. */
  record Params(Duration time) {}

  @Override
  public Manual manual() {
    return Manual.control(
        "Wait for a while",
        """
        All hosts wait at the same time. Check mode does not wait. There is no `prompt`: a run that
        asks cannot be repeated by a machine; let operators confirm with `--step`, or give what
        they know with `-e`. When something has to become ready, `wait_for` or `until` ends as
        soon as it is, and fails when it never is.
        """,
        Example.of(
            "Half a second",
            """
            - pause:
                seconds: 0.5
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().atLeastOne("seconds", "minutes").atMostOne("seconds", "minutes");
    var seconds = form.optional("seconds", Types.SECONDS, "How many seconds; fractions are fine.");
    var minutes = form.optional("minutes", MINUTES, "How many minutes; fractions are fine.");
    return form.into(
        a -> new Params(a.get(seconds).or(() -> a.get(minutes)).orElse(Duration.ZERO)));
  }

  @Override
  public Control steer(Params params) {
    return waiting(params.time());
  }

  /** A wait for nothing but the clock. */
  static Control waiting(Duration time) {
    return new Control.WaitFor<>(
        Probe.nothing(true),
        passed -> passed,
        time,
        Duration.ofSeconds(1),
        time.plusSeconds(1),
        time.toMillis() / 1000.0 + " seconds to pass");
  }
}
