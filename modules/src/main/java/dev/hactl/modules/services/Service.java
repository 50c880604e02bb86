package dev.hactl.modules.services;

import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.Optional;

/** A service that runs or not, now and at boot; systemd or init scripts. */
@HactlModule("service")
public final class Service implements HostModule<Wish, ServiceState> {

  @Override
  public Manual manual() {
    return Manual.state(
            "Start, stop, enable or disable a service",
            """
            Uses systemd where it runs, else init scripts (LSB: their 'status' action tells, and \
            update-rc.d or chkconfig enables). A started service must stay up for 2.5 seconds; one \
            that dies, or that systemd has to restart again and again, is a failure with the last \
            lines of its journal. Starting or restarting lets systemd read changed unit files \
            first, so that never an old definition runs. 'static', 'indirect' and 'generated' \
            units count as enabled because systemctl(1) has nothing to enable there. A oneshot \
            unit that does not remain active is run each time. Stopping, restarting and reloading \
            a running service is disruptive and needs consent; 'restarted' and 'reloaded' are \
            actions, best used in handlers.\
            """,
            Example.of(
                "A service that runs, now and after a boot",
                "- service:\n    name: cron\n    state: started\n    enabled: true\n"),
            Example.on(
                "systemctl stop cron.service && systemctl disable cron.service",
                "Started again after somebody stopped and disabled it",
                "- service:\n    name: cron\n    state: started\n    enabled: true\n"),
            Example.of(
                "A service that must not run",
                "- service:\n    name: cron\n    state: stopped\n    enabled: false\n  allow: disruptive\n"))
        .returning(
            new Return("name", "the unit"),
            new Return("state", "started or stopped"),
            new Return("enabled", "whether it starts at boot"),
            new Return("status", "systemd's properties of the unit"));
  }

  @Override
  public Form<Wish> form() {
    var form = Form.builder().atLeastOne("state", "enabled");
    var name = form.required("name", UnitName.TYPE, "The service; .service may be left out.");
    var state =
        form.optional(
            "state",
            Types.oneOf(Wish.State.class),
            "Whether it runs. restarted and reloaded act each time; both start what does not run.");
    var enabled = form.optional("enabled", Types.BOOL, "Whether it starts at boot.");
    return form.into(a ->
        new Wish(
            a.get(name),
            a.get(state),
            a.get(enabled),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            false));
  }

  @Override
  public Probe<ServiceState> probe(Wish wish) {
    return Services.probe(wish);
  }

  @Override
  public Decision<ServiceState> plan(Wish wish, ServiceState observed) {
    return Services.plan(wish, observed);
  }

  @Override
  public Value.Dict result(Wish wish, ServiceState observed) {
    return Services.result(wish, observed);
  }

  @Override
  public Optional<Diagnosis> diagnose(Wish wish, ServiceState observed) {
    return Services.diagnose(observed);
  }
}
