package dev.hactl.modules.packages;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Packages by apt-get and dpkg. */
@HactlModule("apt")
public final class Apt implements HostModule<PackageTask, Observed> {
  /** What {@code upgrade} takes. */
  enum Upgrade {
    NO,
    FALSE,
    YES,
    TRUE,
    SAFE,
    FULL,
    DIST
  }

  @Override
  public Manual manual() {
    return Manual.state(
            "Install, upgrade and remove packages with apt-get",
            Docs.COMMON
                + " Services are neither started nor restarted during the transaction"
                + " (policy-rc.d answers 101, an existing one is put back exactly): a service task"
                + " or a handler does that. Configuration edited by hand is kept. Packages that"
                + " are not fully configured count as not installed and are finished first"
                + " (dpkg --configure -a). Sources: apt-get(8), dpkg(1), dpkg-query(1),"
                + " invoke-rc.d(8).",
            Example.on(
                Docs.LOCAL_SOURCE,
                "Packages are there, the lists not older than a day",
                """
                - apt:
                    name: [hactl-hello, hactl-hello-extra]
                    cache_valid_time: 86400
                """),
            Example.on(
                Docs.LOCAL_SOURCE + " && apt-get -qy install hactl-hello=1.0",
                "The newest version",
                "- apt:\n    name: hactl-hello\n    state: latest\n"),
            Example.on(
                Docs.LOCAL_SOURCE,
                "A certain version",
                "- apt:\n    name: hactl-hello=1.*\n    allow_downgrade: true\n"),
            Example.of(
                "A local archive", "- apt:\n    deb: /srv/hactl/apt/hactl-hello_2.0_all.deb\n"),
            Example.on(
                Docs.LOCAL_SOURCE + " && apt-get -qy install hactl-hello",
                "A package is gone with its configuration",
                """
                - apt:
                    name: [hactl-hello, hactl-hello-extra]
                    state: absent
                    purge: true
                """))
        .returning(Docs.PACKAGES, new Return("cache_updated", "Whether the lists are fresh now."));
  }

  @Override
  public Form<PackageTask> form() {
    var form = Form.builder();
    var common = new CommonForm(form);
    var deb =
        form.optional("deb", Types.PATH, "Path of a .deb file on the host; the same as in name.");
    var validTime =
        form.optional(
            "cache_valid_time",
            Types.INTEGER,
            "Seconds for which the package lists count as fresh; sets update_cache.");
    form.optional(
        "update_cache_retries", Types.INTEGER, 5L, "Accepted; locks are waited for anyway.");
    form.optional(
        "update_cache_retry_max_delay",
        Types.INTEGER,
        12L,
        "Accepted; locks are waited for anyway.");
    var purge =
        form.optional("purge", Types.BOOL, false, "With state absent: configuration files go too.");
    var release =
        form.optional(
            "default_release",
            Types.NAME,
            "The release whose versions are preferred (apt-get -t).",
            new String[] {"default-release"});
    var recommends =
        form.optional(
            "install_recommends",
            Types.BOOL,
            "Whether recommended packages are installed too; the host's setting when not given.",
            "install-recommends");
    var upgrade =
        form.optional(
            "upgrade",
            Types.oneOf(Upgrade.class),
            Upgrade.NO,
            "Upgrade the whole host: safe (yes) installs and removes nothing else, full (dist)"
                + " does what new dependencies ask for.");
    form.optional("force_apt_get", Types.BOOL, false, "Accepted: apt-get is used in any case.");
    var onlyUpgrade =
        form.optional(
            "only_upgrade", Types.BOOL, false, "Upgrade installed packages, install no new ones.");
    var held =
        form.optional(
            "allow_change_held_packages",
            Types.BOOL,
            false,
            "Whether packages on hold may be changed.");
    var unauthenticated =
        form.optional(
            "allow_unauthenticated",
            Types.BOOL,
            false,
            "Install packages that no trusted key signs.",
            "allow-unauthenticated");
    form.optional(
        "fail_on_autoremove",
        Types.BOOL,
        false,
        "Accepted: removing what is not named needs consent in any case.");
    var dpkgOptions =
        form.optional(
            "dpkg_options",
            Types.NAMES,
            Options.DPKG_DEFAULTS,
            "Options of dpkg without the leading dashes.");
    var policy =
        form.optional(
            "policy_rc_d",
            Types.INTEGER,
            Options.NO_STARTS,
            "Exit status of policy-rc.d during the transaction: 101 forbids that services start or"
                + " restart, 0 allows it.");
    return form.into(a -> {
      CommonForm.Names names = common.names(a);
      var archives = new ArrayList<>(names.archives());
      a.get(deb).ifPresent(archives::add);
      var words = new ArrayList<String>();
      a.get(release).ifPresent(r -> words.addAll(List.of("-t", r)));
      a.get(recommends).ifPresent(r -> words.addAll(List.of("-o", "APT::Install-Recommends=" + r)));
      if (a.get(unauthenticated)) {
        words.add("--allow-unauthenticated");
      }
      Options plain = common.options(a, words);
      var whole = new ArrayList<String>();
      switch (a.get(upgrade)) {
        case NO, FALSE -> {
          if (names.everything()) {
            whole.add("dist-upgrade");
          }
        }
        case YES, TRUE, SAFE -> whole.add("upgrade");
        case FULL, DIST -> whole.add("dist-upgrade");
      }
      if (!whole.isEmpty() && !(names.wanted().isEmpty() && archives.isEmpty())) {
        throw new BadValue("upgrade concerns the whole host and goes without names");
      }
      if (plain.autoremove() && names.wanted().isEmpty() && archives.isEmpty()) {
        whole.add("autoremove");
      }
      if (archives.stream().anyMatch(p -> !p.endsWith(".deb"))) {
        throw new BadValue("apt installs archives that end in .deb");
      }
      return CommonForm.checked(
          new PackageTask(
              Choice.APT,
              common.state(a),
              names.wanted(),
              List.copyOf(archives),
              List.copyOf(whole),
              common.refresh(a, a.get(validTime)),
              new Options(
                  plain.words(),
                  a.get(dpkgOptions),
                  a.get(policy),
                  plain.lockSeconds(),
                  a.get(purge),
                  plain.autoremove(),
                  plain.allowDowngrade(),
                  a.get(held),
                  a.get(onlyUpgrade))));
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
