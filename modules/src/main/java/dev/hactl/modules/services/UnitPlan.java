package dev.hactl.modules.services;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be done to a systemd unit. Pure. */
final class UnitPlan {
  private final Wish wish;
  private final UnitState unit;
  private final UnitChanges changes;

  private UnitPlan(Wish wish, UnitState unit) {
    this.wish = wish;
    this.unit = unit;
    this.changes = new UnitChanges(wish, unit);
  }

  static Decision<ServiceState> decide(Wish wish, UnitState unit) {
    var plan = new UnitPlan(wish, unit);
    Optional<Decision<ServiceState>> refusal = plan.missing().or(plan::masked).or(plan::unfit);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<Content.Inline> file = plan.newFile();
    boolean oldTextTells =
        file.isPresent() && !file.get().secret() && unit.file().isPresent() && !unit.masked();
    if (!oldTextTells) {
      return plan.decided(file, "");
    }
    String path = UnitQuestion.path(wish.unit());
    return Decision.ask(
        Probe.sh("cat -- " + Sh.quote(path), a -> a.raw()), old -> plan.decided(file, old));
  }

  private Optional<Decision<ServiceState>> missing() {
    boolean needed = wish.state().isPresent() || wish.enabled().isPresent() || wish.unmasks();
    if (unit.exists() || wish.content().isPresent() || !needed) {
      return Optional.empty();
    }
    return Optional.of(blocked("there is no unit " + wish.unit() + " on this host"));
  }

  private Optional<Decision<ServiceState>> masked() {
    boolean needed =
        wish.wantsRunning() || wish.enabled().orElse(false) || wish.content().isPresent();
    if (!unit.masked() || wish.unmasks() || !needed) {
      return Optional.empty();
    }
    return Optional.of(blocked(wish.unit() + " is masked; say 'masked: false' to allow it"));
  }

  private Optional<Decision<ServiceState>> unfit() {
    String path = UnitQuestion.path(wish.unit());
    if (UnitName.isTemplate(wish.unit()) && wish.state().isPresent()) {
      return Optional.of(
          new Decision.Impossible<>(
              wish.unit()
                  + " is a template; only an instance of it can run, such as "
                  + wish.unit().replace("@.", "@1.")));
    }
    if (wish.content().isPresent()
        && !unit.masked()
        && unit.file().map(UnitFile::link).orElse(false)) {
      return Optional.of(
          new Decision.Impossible<>(
              path + " is a symbolic link; the unit is managed where it points to"));
    }
    if (wish.masks() && !unit.masked() && unit.fragment().equals(path)) {
      return Optional.of(
          new Decision.Impossible<>(
              path
                  + " is a file, so that the unit cannot be masked; remove the file or disable the unit"));
    }
    if (wish.state().filter(s -> s == Wish.State.RELOADED).isPresent()
        && unit.running()
        && !unit.canReload()
        && !unit.needsReload()
        && wish.content().isEmpty()) {
      return Optional.of(
          blocked(
              unit.id() + " knows no reload (no ExecReload= in its unit file); use 'restarted'"));
    }
    return Optional.empty();
  }

  private Decision<ServiceState> blocked(String message) {
    return new Decision.Blocked<>(Thing.unit(wish.unit()), message);
  }

  /** The content to put, unless the file is as wanted. */
  private Optional<Content.Inline> newFile() {
    return wish.content()
        .filter(c ->
            unit.file()
                .map(f -> f.link() || !f.plain() || !f.sha256().equals(c.sha256()))
                .orElse(true));
  }

  private Decision<ServiceState> decided(Optional<Content.Inline> file, String oldText) {
    var all = new ArrayList<Change<ServiceState>>();
    if (unit.masked() && wish.unmasks()) {
      all.add(changes.unmask());
    }
    file.ifPresent(c -> all.add(changes.put(c, oldText)));
    boolean starts = starts();
    if (file.isEmpty() && unit.needsReload() && (wish.daemonReload() || starts)) {
      all.add(changes.reloadManager());
    }
    wish.enabled()
        .filter(on -> on ? !unit.enabled() : !unit.disabled())
        .ifPresent(on -> all.add(changes.enable(on)));
    wish.state().flatMap(this::activity).ifPresent(all::add);
    if (wish.masks() && !unit.masked()) {
      all.add(changes.mask());
    }
    return new Decision.Decided<>(all, reliesOn());
  }

  private boolean starts() {
    return wish.state()
        .map(s ->
            switch (s) {
              case STARTED -> !settled();
              case RESTARTED, RELOADED -> true;
              case STOPPED -> false;
            })
        .orElse(false);
  }

  private boolean settled() {
    return unit.active().equals("active") || unit.active().equals("reloading");
  }

  private Optional<Change<ServiceState>> activity(Wish.State state) {
    return switch (state) {
      case STARTED -> settled() ? Optional.empty() : Optional.of(changes.start());
      case STOPPED -> unit.running() ? Optional.of(changes.stop()) : Optional.empty();
      case RESTARTED -> Optional.of(unit.running() ? changes.restart() : changes.start());
      case RELOADED -> Optional.of(settled() ? changes.reload() : changes.start());
    };
  }

  private List<Thing> reliesOn() {
    var things = new ArrayList<Thing>(changes.things());
    String path = UnitQuestion.path(wish.unit());
    if (wish.content().isPresent() || wish.daemonReload()) {
      things.add(Thing.path(path));
    }
    if (wish.daemonReload()) {
      things.add(Thing.path(path + ".d"));
      if (!unit.fragment().isEmpty() && !unit.fragment().equals(path)) {
        things.add(Thing.path(unit.fragment()));
      }
    }
    return things;
  }
}
