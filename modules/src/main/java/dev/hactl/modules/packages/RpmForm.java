package dev.hactl.modules.packages;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Types;
import java.util.ArrayList;
import java.util.List;

/** The parameters of {@code dnf} and {@code yum}. */
final class RpmForm {
  private RpmForm() {}

  static Form<PackageTask> of(Choice choice) {
    var form = Form.builder();
    var common = new CommonForm(form);
    var validTime =
        form.optional(
            "cache_valid_time",
            Types.INTEGER,
            "Seconds for which the package lists count as fresh; sets update_cache.");
    var enable =
        form.optional(
            "enablerepo", Types.NAMES, List.of(), "Repositories to enable for this task.");
    var disable =
        form.optional(
            "disablerepo", Types.NAMES, List.of(), "Repositories to disable for this task.");
    var exclude =
        form.optional("exclude", Types.NAMES, List.of(), "Packages to leave out of everything.");
    var noGpg =
        form.optional(
            "disable_gpg_check", Types.BOOL, false, "Do not check signatures of packages.");
    var disableExcludes =
        form.optional(
            "disable_excludes",
            Types.NAME,
            "Ignore excludes of the configuration: all, main or a repository.");
    var conf = form.optional("conf_file", Types.PATH, "Another configuration file.");
    var release = form.optional("releasever", Types.NAME, "Another release.");
    var ssl =
        form.optional(
            "sslverify", Types.BOOL, true, "Check certificates of repositories.", "validate_certs");
    var plugins = form.optional("enable_plugin", Types.NAMES, List.of(), "Plugins to enable.");
    var noPlugins = form.optional("disable_plugin", Types.NAMES, List.of(), "Plugins to disable.");
    var weak =
        form.optional(
            "install_weak_deps", Types.BOOL, true, "Whether weak dependencies are installed too.");
    var skipBroken =
        form.optional("skip_broken", Types.BOOL, false, "Leave out packages that cannot be had.");
    var nobest =
        form.optional("nobest", Types.BOOL, false, "Be content with versions below the newest.");
    var security = form.optional("security", Types.BOOL, false, "With '*': only security updates.");
    var bugfix = form.optional("bugfix", Types.BOOL, false, "With '*': only bug fixes.");
    var updateOnly =
        form.optional(
            "update_only", Types.BOOL, false, "Upgrade installed packages, install no new ones.");
    var use =
        form.optional(
            "use_backend",
            Types.oneOf(Backend.class),
            Backend.AUTO,
            "Which tool; the module's own where the host has it.",
            "use");
    return form.into(a -> {
      CommonForm.Names names = common.names(a);
      var words = new ArrayList<String>();
      each(words, "--disablerepo=", a.get(disable));
      each(words, "--enablerepo=", a.get(enable));
      each(words, "--exclude=", a.get(exclude));
      each(words, "--enableplugin=", a.get(plugins));
      each(words, "--disableplugin=", a.get(noPlugins));
      a.get(disableExcludes).ifPresent(v -> words.add("--disableexcludes=" + v));
      a.get(conf).ifPresent(v -> words.addAll(List.of("-c", v)));
      a.get(release).ifPresent(v -> words.add("--releasever=" + v));
      flag(words, a.get(noGpg), "--nogpgcheck");
      flag(words, !a.get(ssl), "--setopt=sslverify=0");
      flag(words, !a.get(weak), "--setopt=install_weak_deps=0");
      flag(words, a.get(skipBroken), "--skip-broken");
      flag(words, a.get(nobest), "--nobest");
      flag(words, a.get(security), "--security");
      flag(words, a.get(bugfix), "--bugfix");
      if (names.archives().stream().anyMatch(p -> !p.endsWith(".rpm"))) {
        throw new BadValue("archives that end in .rpm are wanted");
      }
      Options plain = common.options(a, List.copyOf(words));
      var whole = new ArrayList<String>();
      if (names.everything()) {
        whole.add("upgrade");
      }
      if (plain.autoremove() && names.wanted().isEmpty() && names.archives().isEmpty()) {
        whole.add("autoremove");
      }
      return CommonForm.checked(
          new PackageTask(
              switch (a.get(use)) {
                case AUTO -> choice;
                case YUM, YUM4 -> Choice.YUM;
                case DNF, DNF4, DNF5 -> Choice.DNF;
              },
              common.state(a),
              names.wanted(),
              names.archives(),
              List.copyOf(whole),
              common.refresh(a, a.get(validTime)),
              new Options(
                  plain.words(),
                  plain.dpkgOptions(),
                  plain.policy(),
                  plain.lockSeconds(),
                  false,
                  plain.autoremove(),
                  plain.allowDowngrade(),
                  false,
                  a.get(updateOnly))));
    });
  }

  /** What {@code use_backend} takes. */
  enum Backend {
    AUTO,
    YUM,
    YUM4,
    DNF,
    DNF4,
    DNF5
  }

  private static void each(List<String> words, String option, List<String> values) {
    values.forEach(v -> words.add(option + v));
  }

  private static void flag(List<String> words, boolean given, String option) {
    if (given) {
      words.add(option);
    }
  }
}
