package dev.hactl.modules.security;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** What has to be done to a zone of firewalld. Pure. */
final class ZonePlan {
  private static final Thing KEPT = Thing.path("/etc/firewalld/zones");

  private final Firewalld.Params wish;
  private final Zones now;
  private final String zone;

  private ZonePlan(Firewalld.Params wish, Zones now) {
    this.wish = wish;
    this.now = now;
    this.zone = wish.zone().orElse(now.byDefault());
  }

  static Decision<Zones> decide(Firewalld.Params wish, Zones now) {
    if (!now.installed()) {
      return new Decision.Blocked<>(
          Thing.command("firewall-cmd"),
          "there is no firewalld on this host (firewall-cmd is missing)");
    }
    if (wish.runs() && !now.running() && !wish.offline()) {
      return new Decision.Blocked<>(
          Thing.unit("firewalld.service"),
          "firewalld does not run; start it first, or say 'permanent: true' or 'offline: true'");
    }
    return new ZonePlan(wish, now).decided();
  }

  private Thing running() {
    return new Thing(Thing.Kind.OTHER, "firewalld zone " + zone);
  }

  private Decision<Zones> decided() {
    var changes = new ArrayList<Change<Zones>>();
    if (wish.item() instanceof ZoneItem.Itself) {
      if (now.permanent().containsKey(zone) != wish.wanted()) {
        changes.add(itself());
      }
      return Decision.change(changes, KEPT);
    }
    boolean runs = wish.runs() && now.running();
    Optional<Decision<Zones>> missing =
        (wish.kept()
                ? missing(now.permanent(), "the configuration of firewalld")
                : Optional.<Decision<Zones>>empty())
            .or(() ->
                runs
                    ? missing(
                        now.runtime(), "the running firewalld; reload it after a zone was made")
                    : Optional.empty());
    if (missing.isPresent()) {
      return missing.get();
    }
    if (wish.kept() && !fits(now.permanent())) {
      changes.add(change(true));
    }
    if (runs && !fits(now.runtime())) {
      changes.add(change(false));
    }
    return Decision.change(changes, running(), KEPT, Thing.unit("firewalld.service"));
  }

  private Optional<Decision<Zones>> missing(Map<String, Zones.Zone> zones, String where) {
    return zones.containsKey(zone)
        ? Optional.empty()
        : Optional.of(
            new Decision.Blocked<>(running(), "there is no zone " + zone + " in " + where));
  }

  private boolean fits(Map<String, Zones.Zone> zones) {
    Zones.Zone found = zones.get(zone);
    return found != null && wish.item().in(found) == wish.wanted();
  }

  private Change<Zones> itself() {
    return Change.<Zones>to(
            (wish.wanted() ? "make" : "delete") + " zone " + zone,
            s -> s.permanent().containsKey(zone) == wish.wanted())
        .diff(property("zone", !wish.wanted()))
        .step(step(command(true) + wish.item().option(wish.wanted()) + Sh.quote(zone)))
        .touches(Footprint.of(running(), KEPT))
        .build();
  }

  private Change<Zones> change(boolean kept) {
    String what = wish.item().shown();
    boolean closes = !kept && wish.item().closes(wish.wanted());
    return Change.<Zones>to(
            (wish.wanted() ? "add " : "remove ")
                + what
                + (wish.wanted() ? " to zone " : " from zone ")
                + zone
                + (kept ? " (permanent)" : " (running)"),
            s -> {
              Zones.Zone found = (kept ? s.permanent() : s.runtime()).get(zone);
              return found != null && wish.item().in(found) == wish.wanted();
            })
        .diff(property(what + (kept ? " (permanent)" : " (running)"), !wish.wanted()))
        .impact(
            closes
                ? new Impact.Disruptive("may cut connections: zone " + zone + ", " + what)
                : Impact.none())
        .step(
            step(
                command(kept)
                    + "--zone="
                    + Sh.quote(zone)
                    + " "
                    + wish.item().option(wish.wanted())))
        .touches(kept ? Footprint.of(KEPT) : Footprint.of(running()))
        .build();
  }

  private String command(boolean kept) {
    return !kept
        ? "firewall-cmd "
        : now.running() ? "firewall-cmd --permanent " : "firewall-offline-cmd ";
  }

  private static Step step(String command) {
    return new Step.Script(
        command + " </dev/null\n",
        Probe.Trust.BUILT_IN,
        Step.Interruption.INTERRUPTIBLE,
        Duration.ofMinutes(2),
        Optional.empty(),
        false);
  }

  private Diff property(String name, boolean before) {
    return Diff.of(
        "zone " + zone,
        new Diff.Property(name, before ? "present" : "absent", before ? "absent" : "present"));
  }
}
