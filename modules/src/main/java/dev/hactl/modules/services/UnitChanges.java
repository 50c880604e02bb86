package dev.hactl.modules.services;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The single changes that can be made to one unit. Pure. */
final class UnitChanges {
  /**
   * A daemon that cannot read its configuration often lives for a second or two. The deadline is
   * short because systemctl has waited for the start itself before.
   */
  private static final Settle SETTLE = new Settle(Duration.ofSeconds(15), Duration.ofMillis(2500));

  private static final Duration DOWN = Duration.ofSeconds(90);

  private final Wish wish;
  private final UnitState before;
  private final String unit;

  UnitChanges(Wish wish, UnitState before) {
    this.wish = wish;
    this.before = before;
    // systemctl refuses to enable or disable an alias
    this.unit = before.exists() ? before.id() : wish.unit();
  }

  /** The unit under the names it goes by. */
  List<Thing> things() {
    return new LinkedHashSet<>(List.of(wish.unit(), unit)).stream().map(Thing::unit).toList();
  }

  Change<ServiceState> put(Content.Inline content, String oldText) {
    String path = UnitQuestion.path(wish.unit());
    Diff diff =
        content.secret()
            ? new Diff.Opaque(path, "the content is secret")
            : new Diff.Lines(path, content.source(), oldText, content.text(), false);
    var put =
        new Step.Put(
            path,
            content,
            Optional.of("root"),
            Optional.of("root"),
            Optional.of("0644"),
            false,
            Optional.empty());
    return to(
            (before.file().isPresent() ? "update " : "create ") + path,
            u ->
                !u.needsReload()
                    && u.file()
                        .map(f -> f.plain() && f.sha256().equals(content.sha256()))
                        .orElse(false))
        .diff(diff)
        .step(put)
        .step(systemctl("daemon-reload"))
        .touches(footprint(false, Thing.path(path)))
        .build();
  }

  /** Lets systemd read every changed file. */
  static Decision<ServiceState> reread(ServiceState.Manager manager) {
    Thing[] files = {
      Thing.path(UnitQuestion.DIRECTORY),
      Thing.path("/lib/systemd/system"),
      Thing.path("/etc/fstab")
    };
    if (manager.stale().isEmpty()) {
      return Decision.ok(files);
    }
    Footprint footprint =
        Footprint.of(manager.stale().stream().map(Thing::unit).toArray(Thing[]::new));
    return Decision.change(
        Change.<ServiceState>to(
                "let systemd read changed unit files",
                s -> s instanceof ServiceState.Manager now && now.stale().isEmpty())
            .diff(
                Diff.of(
                    "systemd",
                    new Diff.Property("outdated units", String.join(" ", manager.stale()), "")))
            .step(systemctl("daemon-reload"))
            .touches(footprint)
            .build(),
        files);
  }

  Change<ServiceState> reloadManager() {
    return to("let systemd read the changed files of " + unit, u -> !u.needsReload())
        .diff(property("NeedDaemonReload", "yes", "no"))
        .step(systemctl("daemon-reload"))
        .touches(footprint(false))
        .build();
  }

  Change<ServiceState> unmask() {
    return to("unmask " + wish.unit(), u -> !u.masked())
        .diff(property("masked", "yes", "no"))
        .step(systemctl("unmask -- " + Sh.quote(wish.unit())))
        .touches(footprint(true, Thing.path(UnitQuestion.path(wish.unit()))))
        .build();
  }

  Change<ServiceState> mask() {
    return to("mask " + wish.unit(), UnitState::masked)
        .diff(property("masked", "no", "yes"))
        .step(systemctl("mask -- " + Sh.quote(wish.unit())))
        .touches(footprint(false, Thing.path(UnitQuestion.path(wish.unit()))))
        .build();
  }

  Change<ServiceState> enable(boolean on) {
    String verb = on ? "enable" : "disable";
    return to(verb + " " + unit, on ? UnitState::enabled : UnitState::disabled)
        .diff(
            property(
                "enabled",
                before.fileState().isEmpty() ? "no" : before.fileState(),
                on ? "enabled" : "disabled"))
        .step(systemctl(verb + (on && wish.force() ? " --force" : "") + " -- " + Sh.quote(unit)))
        .touches(footprint(on, links()))
        .build();
  }

  /** Where the link of an enabled unit usually lands. */
  private Thing[] links() {
    return List.of("multi-user", "sockets", "timers", "graphical", "default").stream()
        .map(t -> Thing.path(UnitQuestion.DIRECTORY + "/" + t + ".target.wants/" + unit))
        .toArray(Thing[]::new);
  }

  Change<ServiceState> start() {
    // A unit that failed too often is refused by systemd until its counter is cleared.
    String reset =
        before.active().equals("failed")
            ? "systemctl reset-failed -- " + Sh.quote(unit) + "\n"
            : "";
    String what = before.oneshot() ? "run " : "start ";
    return activity(what + unit, "active", reset, "start", Impact.none(), u -> u.isUp());
  }

  Change<ServiceState> restart() {
    Impact impact =
        before.active().equals("active") || before.active().equals("reloading")
            ? new Impact.Disruptive("restarts " + unit)
            : Impact.none();
    return activity(
        "restart " + unit,
        "active (again)",
        "",
        "restart",
        impact,
        u -> u.isUp() && u.startedAfter(before));
  }

  Change<ServiceState> reload() {
    return activity(
        "reload " + unit,
        "active (reloaded)",
        "",
        "reload",
        new Impact.Disruptive("reloads " + unit),
        UnitState::isUp);
  }

  Change<ServiceState> stop() {
    Impact impact =
        before.active().equals("active") || before.active().equals("reloading")
            ? new Impact.Disruptive("stops " + unit)
            : Impact.none();
    var change =
        to("stop " + unit, u -> wish.noBlock() || !u.running())
            .diff(property("state", before.activity(), "inactive"))
            .step(job("", "stop"))
            .impact(impact)
            .touches(footprint(false));
    return (wish.noBlock() ? change : change.settle(Settle.within(DOWN))).build();
  }

  private Change<ServiceState> activity(
      String what,
      String after,
      String prepare,
      String verb,
      Impact impact,
      Predicate<UnitState> up) {
    boolean waits = !wish.noBlock();
    // systemctl itself waits for a oneshot unit and tells how it ended; nothing remains to see
    Predicate<UnitState> done =
        u -> !waits || (u.oneshot() ? !u.active().equals("failed") : up.test(u));
    var change =
        to(what, done)
            .diff(property("state", before.activity(), after))
            .step(job(prepare, verb))
            .impact(impact)
            .touches(footprint(true));
    return (waits && !before.oneshot() ? change.settle(SETTLE) : change).build();
  }

  /** A job whose failure is explained by systemd's own status and the last lines of the journal. */
  private Step job(String prepare, String verb) {
    String word = Sh.quote(unit);
    return Step.sh(
        prepare
            + "systemctl --no-ask-password "
            + (wish.noBlock() ? "--no-block " : "")
            + verb
            + " -- "
            + word
            + " || {\n  rc=$?\n  systemctl status --no-pager --full --lines=20 -- "
            + word
            + " >&2\n  exit $rc\n}\n");
  }

  private static Step systemctl(String words) {
    return Step.sh("systemctl --no-ask-password " + words + "\n");
  }

  private Diff property(String name, String from, String to) {
    return Diff.of(unit, new Diff.Property(name, from, to));
  }

  private Footprint footprint(boolean brings, Thing... more) {
    var all = new ArrayList<>(things());
    all.addAll(List.of(more));
    return new Footprint(all, brings, false);
  }

  private static Change.Builder<ServiceState> to(String what, Predicate<UnitState> converged) {
    return Change.to(what, s -> s instanceof UnitState u && converged.test(u));
  }
}
