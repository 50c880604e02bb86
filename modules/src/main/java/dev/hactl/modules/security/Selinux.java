package dev.hactl.modules.security;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The mode and policy of SELinux, now and after a boot. */
@HactlModule("selinux")
public final class Selinux implements HostModule<Selinux.Params, Selinux.Observed> {

  /** selinux_config(5), SELINUX=. */
  enum Mode {
    ENFORCING,
    PERMISSIVE,
    DISABLED
  }

  /** What is wanted. */
  record Params(Mode state, Optional<String> policy, String file) {}

  /**
   * What the host says.
   *
   * @param running the mode now; empty when there is no SELinux tool
   * @param exists whether the configuration exists
   * @param config its lines
   */
  record Observed(Optional<Mode> running, boolean exists, Lines config) {
    String setting(String key) {
      return config.lines().stream()
          .filter(l -> l.startsWith(key + "="))
          .map(l -> l.substring(key.length() + 1).strip())
          .reduce((first, second) -> second)
          .orElse("");
    }
  }

  private static final String CONFIG = "/etc/selinux/config";
  private static final Thing KERNEL = new Thing(Thing.Kind.KERNEL, "selinux");

  @Override
  public Manual manual() {
    return Manual.state(
            "Set the mode of SELinux",
            """
            Sets SELINUX= and SELINUXTYPE= of selinux_config(5) and, between enforcing and \
            permissive, the running mode with setenforce(8). Into or out of 'disabled' the kernel \
            goes only at a boot, and files must be relabelled when SELinux comes back \
            (fixfiles(8), /.autorelabel): that is reported as 'reboot_required' and not done.\
            """,
            Example.of(
                "Enforcing",
                "- selinux:\n    policy: targeted\n    state: enforcing\n  allow: disruptive\n"),
            Example.of("Permissive", "- selinux:\n    policy: targeted\n    state: permissive\n"))
        .returning(
            new Return("state", "the running mode"),
            new Return("policy", "the policy in the configuration"),
            new Return(
                "reboot_required", "whether the configured mode needs a boot to take effect"))
        .testedOn(Manual.LabLevel.RECORDS);
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var state = form.required("state", Types.oneOf(Mode.class), "The mode.");
    var policy =
        form.optional(
            "policy", Types.NAME, "The policy, such as targeted; needed unless disabled.");
    var file =
        form.optional("configfile", Types.PATH, "The configuration; " + CONFIG + " by default.");
    return form.into(a -> {
      if (a.get(state) != Mode.DISABLED && a.get(policy).isEmpty()) {
        throw new BadValue("which policy?", "give 'policy', such as targeted");
      }
      if (a.get(policy).map(p -> !p.matches("[A-Za-z0-9_-]+")).orElse(false)) {
        throw new BadValue("'" + a.get(policy).get() + "' is not the name of a policy");
      }
      return new Params(a.get(state), a.get(policy), a.get(file).orElse(CONFIG));
    });
  }

  @Override
  public Probe<Observed> probe(Params p) {
    String file = Sh.quote(p.file());
    return Probe.sh(
        "if command -v getenforce >/dev/null 2>&1; then getenforce; else echo none; fi\n"
            + "if [ -e "
            + file
            + " ]; then echo config; cat -- "
            + file
            + "; else echo none; fi\n",
        Selinux::parse);
  }

  static Observed parse(Answer answer) {
    List<String> lines = Lines.of(answer.bytes()).lines();
    if (lines.size() < 2) {
      return new Observed(Optional.empty(), false, new Lines(List.of()));
    }
    Optional<Mode> running =
        switch (lines.getFirst()) {
          case "Enforcing" -> Optional.of(Mode.ENFORCING);
          case "Permissive" -> Optional.of(Mode.PERMISSIVE);
          case "Disabled" -> Optional.of(Mode.DISABLED);
          default -> Optional.empty();
        };
    return new Observed(
        running, lines.get(1).equals("config"), new Lines(lines.subList(2, lines.size())));
  }

  @Override
  public Decision<Observed> plan(Params p, Observed now) {
    if (now.running().isEmpty() || !now.exists()) {
      String missing = now.running().isEmpty() ? "getenforce" : p.file();
      return new Decision.Blocked<>(
          now.running().isEmpty() ? Thing.command(missing) : Thing.path(missing),
          "there is no SELinux on this host (" + missing + " is missing)");
    }
    var changes = new ArrayList<Change<Observed>>();
    Lines after = config(p, now);
    if (!after.equals(now.config())) {
      changes.add(
          Change.<Observed>to(
                  "set SELinux to "
                      + Types.word(p.state())
                      + " in "
                      + p.file()
                      + (reboots(p, now) ? " (takes effect after a reboot" + relabel(p) + ")" : ""),
                  s -> config(p, s).equals(s.config()))
              .diff(new Diff.Lines(p.file(), "", now.config().text(), after.text(), false))
              .step(Step.put(p.file(), after.content(false)))
              .touches(Footprint.of(Thing.path(p.file())))
              .build());
    }
    if (!reboots(p, now) && now.running().get() != p.state()) {
      changes.add(enforce(p, now.running().get()));
    }
    return Decision.change(changes, KERNEL, Thing.path(p.file()));
  }

  private static String relabel(Params p) {
    return p.state() == Mode.DISABLED ? "" : " with a relabel";
  }

  private static boolean reboots(Params p, Observed now) {
    Mode running = now.running().orElse(Mode.DISABLED);
    return running != p.state() && (running == Mode.DISABLED || p.state() == Mode.DISABLED);
  }

  private static Change<Observed> enforce(Params p, Mode running) {
    boolean enforcing = p.state() == Mode.ENFORCING;
    return Change.<Observed>to(
            "let SELinux be " + Types.word(p.state()),
            s -> s.running().filter(m -> m == p.state()).isPresent())
        .diff(
            Diff.of(
                "SELinux", new Diff.Property("mode", Types.word(running), Types.word(p.state()))))
        .impact(
            enforcing
                ? new Impact.Disruptive("denies what the policy does not allow to running services")
                : Impact.none())
        .step(Step.sh("setenforce " + (enforcing ? 1 : 0) + "\n"))
        .touches(Footprint.of(KERNEL))
        .build();
  }

  private static Lines config(Params p, Observed now) {
    Lines lines = with(now.config(), "SELINUX", Types.word(p.state()));
    return p.policy().map(t -> with(lines, "SELINUXTYPE", t)).orElse(lines);
  }

  private static Lines with(Lines lines, String key, String value) {
    return lines.edit(all -> {
      boolean found = false;
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).startsWith(key + "=")) {
          found = true;
          if (!all.get(i).strip().equals(key + "=" + value)) {
            all.set(i, key + "=" + value);
          }
        }
      }
      if (!found) {
        all.add(key + "=" + value);
      }
      return all;
    });
  }

  @Override
  public Value.Dict result(Params p, Observed observed) {
    var fields = new LinkedHashMap<String, Value>();
    observed.running().ifPresent(m -> fields.put("state", Value.text(Types.word(m))));
    fields.put("policy", Value.text(observed.setting("SELINUXTYPE")));
    fields.put("configfile", Value.text(p.file()));
    fields.put("reboot_required", Value.bool(reboots(p, observed)));
    return new Value.Dict(fields);
  }
}
