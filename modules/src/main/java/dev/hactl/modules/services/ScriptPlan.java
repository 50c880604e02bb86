package dev.hactl.modules.services;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Settle;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** What has to be done to a service that an init script or an Upstart job runs. Pure. */
final class ScriptPlan {
  private static final Settle SETTLE = new Settle(Duration.ofSeconds(60), Duration.ofMillis(2500));

  private final Wish wish;
  private final ServiceState.Script before;

  private ScriptPlan(Wish wish, ServiceState.Script before) {
    this.wish = wish;
    this.before = before;
  }

  static Decision<ServiceState> decide(Wish wish, ServiceState.Script script) {
    if (wish.masked().isPresent() || wish.content().isPresent()) {
      return new Decision.Impossible<>("this host does not run systemd; units need it");
    }
    return switch (script.kind()) {
      case MISSING ->
          new Decision.Blocked<>(
              Thing.unit(wish.unit()),
              "there is no service "
                  + script.name()
                  + " on this host (no /etc/init.d/"
                  + script.name()
                  + ")");
      case UPSTART ->
          wish.enabled().isPresent()
              ? new Decision.Impossible<>(
                  script.name()
                      + " is an Upstart job; whether it starts at boot is written in its file")
              : new ScriptPlan(wish, script).decided();
      case SCRIPT -> new ScriptPlan(wish, script).decided();
    };
  }

  private Decision<ServiceState> decided() {
    var changes = new ArrayList<Change<ServiceState>>();
    wish.enabled().filter(on -> on != before.enabled()).ifPresent(on -> changes.add(enable(on)));
    wish.state().flatMap(this::activity).ifPresent(changes::add);
    return Decision.change(
        changes, Thing.unit(wish.unit()), Thing.path("/etc/init.d/" + before.name()));
  }

  private Change<ServiceState> enable(boolean on) {
    String name = Sh.quote(before.name());
    String verb = on ? "enable" : "disable";
    return Change.<ServiceState>to(
            verb + " " + before.name(),
            s -> s instanceof ServiceState.Script now && now.enabled() == on)
        .diff(property("enabled", on ? "no" : "yes", on ? "yes" : "no"))
        .step(
            Step.sh(
                """
                if command -v update-rc.d >/dev/null 2>&1; then
                  update-rc.d NAME defaults && update-rc.d NAME VERB
                elif command -v chkconfig >/dev/null 2>&1; then
                  chkconfig --add NAME && chkconfig NAME SWITCH
                else
                  echo "neither update-rc.d nor chkconfig is on this host" >&2
                  exit 1
                fi
                """
                    .replace("NAME", name)
                    .replace("VERB", verb)
                    .replace("SWITCH", on ? "on" : "off")))
        .touches(Footprint.of(Thing.unit(wish.unit())))
        .build();
  }

  private Optional<Change<ServiceState>> activity(Wish.State state) {
    boolean runs = before.running();
    return switch (state) {
      case STARTED -> runs ? Optional.empty() : Optional.of(act("start", true, Impact.none()));
      case STOPPED ->
          runs ? Optional.of(act("stop", false, disruptive("stops"))) : Optional.empty();
      case RESTARTED ->
          Optional.of(
              runs
                  ? act("restart", true, disruptive("restarts"))
                  : act("start", true, Impact.none()));
      case RELOADED ->
          Optional.of(
              runs
                  ? act("reload", true, disruptive("reloads"))
                  : act("start", true, Impact.none()));
    };
  }

  private Impact disruptive(String verb) {
    return new Impact.Disruptive(verb + " " + before.name());
  }

  private Change<ServiceState> act(String verb, boolean up, Impact impact) {
    String name = Sh.quote(before.name());
    return Change.<ServiceState>to(verb + " " + before.name(), s -> s.up() == up)
        .diff(
            property("state", before.running() ? "running" : "stopped", up ? "running" : "stopped"))
        .step(
            Step.sh(
                """
                if command -v service >/dev/null 2>&1; then
                  service NAME VERB
                else
                  /etc/init.d/NAME VERB
                fi
                """
                    .replace("NAME", name)
                    .replace("VERB", verb)))
        .impact(impact)
        .settle(SETTLE)
        .touches(Footprint.bringing(Thing.unit(wish.unit())))
        .build();
  }

  private Diff property(String name, String from, String to) {
    return Diff.of(before.name(), new Diff.Property(name, from, to));
  }
}
