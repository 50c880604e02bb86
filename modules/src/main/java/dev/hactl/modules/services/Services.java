package dev.hactl.modules.services;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Optional;

/** What the modules of this family do alike. */
final class Services {
  private Services() {}

  static Probe<ServiceState> probe(Wish wish) {
    return Probe.of(
        UnitCollector.INSTANCE,
        new UnitQuestion(wish.unit(), wish.content().isPresent()),
        answer -> ServiceState.parse(wish.unit(), answer));
  }

  static Decision<ServiceState> plan(Wish wish, ServiceState observed) {
    return switch (observed) {
      case ServiceState.Manager manager -> UnitChanges.reread(manager);
      case UnitState unit -> UnitPlan.decide(wish, unit);
      case ServiceState.Script script -> ScriptPlan.decide(wish, script);
    };
  }

  /** What a unit that is not up says for itself. */
  static Optional<Diagnosis> diagnose(ServiceState observed) {
    return switch (observed) {
      case UnitState unit when unit.active().equals("failed") ->
          Optional.of(new Diagnosis(unit.said(), true));
      case UnitState unit when unit.restarts() > 0 ->
          Optional.of(
              new Diagnosis(
                  unit.id()
                      + " does not stay up: systemd restarted it "
                      + unit.restarts()
                      + " times\n"
                      + unit.why(),
                  false));
      case UnitState unit -> Optional.of(new Diagnosis(unit.said(), false));
      case ServiceState.Script script ->
          Optional.of(
              new Diagnosis(
                  script.name() + (script.running() ? " still runs" : " does not run"), false));
      case ServiceState.Manager manager -> Optional.empty();
    };
  }

  /** The fields of {@code register}. */
  static Value.Dict result(Wish wish, ServiceState observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.text(wish.unit()));
    fields.put("state", Value.text(observed.up() ? "started" : "stopped"));
    var status = new LinkedHashMap<String, Value>();
    switch (observed) {
      case UnitState unit -> {
        fields.put("enabled", Value.bool(unit.enabled()));
        status.put("Id", Value.text(unit.id()));
        status.put("LoadState", Value.text(unit.load()));
        status.put("ActiveState", Value.text(unit.active()));
        status.put("SubState", Value.text(unit.sub()));
        status.put("UnitFileState", Value.text(unit.fileState()));
        status.put("MainPID", Value.text(Long.toString(unit.mainPid())));
        status.put("NRestarts", Value.text(Long.toString(unit.restarts())));
        status.put("Result", Value.text(unit.result()));
        status.put("FragmentPath", Value.text(unit.fragment()));
      }
      case ServiceState.Script script -> fields.put("enabled", Value.bool(script.enabled()));
      case ServiceState.Manager manager -> {}
    }
    fields.put("status", new Value.Dict(status));
    return new Value.Dict(fields);
  }

  /** Refuses wishes that contradict each other. */
  static Wish checked(Wish wish) {
    if (wish.unit().isEmpty()
        && (wish.state().isPresent()
            || wish.enabled().isPresent()
            || wish.masked().isPresent()
            || wish.content().isPresent())) {
      throw new BadValue("which unit?", "give its 'name'; only daemon_reload stands alone");
    }
    if (wish.masks() && wish.wantsRunning()) {
      throw new BadValue("a masked unit cannot run", "leave out 'state', or say 'masked: false'");
    }
    if (wish.masks() && wish.enabled().orElse(false)) {
      throw new BadValue("a masked unit cannot be enabled", "say 'enabled: false' or leave it out");
    }
    if (wish.masks() && wish.content().isPresent()) {
      throw new BadValue("a masked unit has no file of its own", "leave out 'content' and 'src'");
    }
    if (wish.content().isPresent() && wish.unit().contains("\\")) {
      throw new BadValue("a unit file whose name holds a backslash cannot be managed");
    }
    return wish;
  }
}
