package dev.hactl.modules.packages;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packages by whatever the host's distribution lives by. */
@HactlModule("package")
public final class AnyPackage implements HostModule<PackageTask, Observed> {

  @Override
  public Manual manual() {
    return Manual.state(
            "Install, upgrade and remove packages with the host's own package manager",
            Docs.COMMON
                + " The host's manager is the one of its distribution (/etc/os-release); where"
                + " that is not installed, the first of dnf, yum and apt-get that is.",
            Example.on(
                Docs.LOCAL_SOURCE,
                "Packages are there",
                "- package:\n    name: [hactl-hello-extra, bash]\n"),
            Example.of(
                "A package is gone",
                "- package:\n    name: no-such-package-here\n    state: absent\n"))
        .returning(Docs.PACKAGES);
  }

  @Override
  public Form<PackageTask> form() {
    var form = Form.builder();
    var common = new CommonForm(form);
    var use =
        form.optional("use", Types.oneOf(Choice.class), Choice.AUTO, "Which package manager.");
    return form.into(a -> {
      CommonForm.Names names = common.names(a);
      Options options = common.options(a, List.of());
      if (names.everything()) {
        throw new BadValue(
            "'*' means different things to different package managers",
            "write apt: with upgrade: dist, or dnf: with name '*'");
      }
      var whole = new ArrayList<String>();
      if (options.autoremove() && names.wanted().isEmpty() && names.archives().isEmpty()) {
        whole.add("autoremove");
      }
      return CommonForm.checked(
          new PackageTask(
              a.get(use),
              common.state(a),
              names.wanted(),
              names.archives(),
              whole,
              common.refresh(a, Optional.empty()),
              options));
    });
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
