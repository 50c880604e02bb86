package dev.hactl.modules.packages;

import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.value.Value;

/** Packages by dnf and rpm. */
@HactlModule("dnf")
public final class Dnf implements HostModule<PackageTask, Observed> {

  @Override
  public Manual manual() {
    return Docs.rpm("dnf", "yum");
  }

  @Override
  public Form<PackageTask> form() {
    return RpmForm.of(Choice.DNF);
  }

  @Override
  public Probe<Observed> probe(PackageTask task) {
    return Docs.probe(task);
  }

  @Override
  public Decision<Observed> plan(PackageTask task, Observed observed) {
    return PackagePlan.decide(task, observed);
  }

  @Override
  public Value.Dict result(PackageTask task, Observed observed) {
    return Docs.result(task, observed);
  }
}
