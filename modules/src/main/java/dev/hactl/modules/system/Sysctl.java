package dev.hactl.modules.system;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
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
import dev.hactl.modules.text.Tainted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A kernel setting, now and after a boot. */
@HactlModule("sysctl")
public final class Sysctl implements HostModule<Sysctl.Params, SysctlState> {

  /** Whether it is kept. */
  enum State {
    PRESENT,
    ABSENT
  }

  /**
   * The wanted setting.
   *
   * @param live whether the running kernel is set too
   * @param tolerant whether a setting that this kernel lacks is only kept
   */
  record Params(
      SysctlKey key, String value, State state, String file, boolean live, boolean tolerant) {
    private Thing setting() {
      return new Thing(Thing.Kind.KERNEL, key.text());
    }
  }

  private static final String FILE = "/etc/sysctl.d/99-hactl.conf";

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a kernel setting",
            """
            Keeps the value in a file of sysctl.d(5) and sets it in the running kernel; both are \
            compared, runs of blanks count as one. Unlike Ansible's module it keeps settings in \
            /etc/sysctl.d/99-hactl.conf unless told otherwise (newer systems no longer read \
            /etc/sysctl.conf), and it compares the live value always, because a file that nobody \
            loaded changes nothing; say 'reload: false' to leave the kernel alone. 'absent' takes \
            it from the file; the live value stays until the next boot.\
            """,
            Example.of(
                "A setting of the network",
                "- sysctl:\n    name: net.ipv4.ip_default_ttl\n    value: '64'\n"),
            Example.on(
                "echo 'vm.swappiness = 10' >/etc/sysctl.d/50-old.conf",
                "A setting that is no longer kept",
                """
                - sysctl:
                    name: vm.swappiness
                    state: absent
                    sysctl_file: /etc/sysctl.d/50-old.conf
                """),
            Example.of(
                "Kept for the next boot only",
                """
                - sysctl:
                    name: kernel.panic
                    value: '10'
                    reload: false
                """))
        .returning(
            new Return("value", "the live value"), new Return("kept", "the value in the file"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var name =
        form.required("name", SysctlKey.TYPE, "The setting, such as net.ipv4.ip_forward.", "key");
    var value = form.optional("value", Tainted.TYPE, "Its value.", "val");
    var state =
        form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether it is kept.");
    var file =
        form.optional(
            "sysctl_file", Types.PATH, "The file that keeps it; " + FILE + " by default.");
    var reload = form.optional("reload", Types.BOOL, true, "Set it in the running kernel too.");
    var set =
        form.optional("sysctl_set", Types.BOOL, false, "The same as reload, as Ansible calls it.");
    var ignore =
        form.optional(
            "ignoreerrors", Types.BOOL, false, "Keep a setting that this kernel does not have.");
    return form.into(a -> {
      String normal = SysctlState.normal(a.get(value).map(Tainted::text).orElse(""));
      if (a.get(state) == State.PRESENT && normal.isEmpty()) {
        throw new BadValue("a setting needs its 'value'");
      }
      return new Params(
          a.get(name),
          normal,
          a.get(state),
          a.get(file).orElse(FILE),
          a.get(reload) || a.get(set),
          a.get(ignore));
    });
  }

  @Override
  public Probe<SysctlState> probe(Params p) {
    return Probe.of(
        SysctlCollector.INSTANCE, new SysctlQuestion(p.key().path(), p.file()), SysctlState::parse);
  }

  @Override
  public Decision<SysctlState> plan(Params p, SysctlState now) {
    Thing[] things = {p.setting(), Thing.path(p.file())};
    boolean present = p.state() == State.PRESENT;
    if (present && p.live() && !now.known() && !p.tolerant()) {
      return new Decision.Blocked<>(
          p.setting(),
          "this kernel has no setting "
              + p.key().text()
              + " (is its module loaded?); say"
              + " 'ignoreerrors: true' to keep it anyway");
    }
    var changes = new ArrayList<Change<SysctlState>>();
    if (!file(p, now).equals(now.file())) {
      changes.add(keep(p, now));
    }
    boolean readable = !now.live().isEmpty();
    if (present
        && p.live()
        && now.known()
        && (readable ? !now.live().equals(p.value()) : !changes.isEmpty())) {
      changes.add(set(p, now));
    }
    return Decision.change(changes, things);
  }

  private static Lines file(Params p, SysctlState now) {
    if (p.state() == State.PRESENT
        && now.settings(p.key()) == 1
        && now.kept(p.key()).orElse("").equals(p.value())) {
      return now.file();
    }
    return now.file().edit(all -> rewritten(p, all));
  }

  private static List<String> rewritten(Params p, List<String> all) {
    var lines = new ArrayList<String>();
    boolean written = p.state() == State.ABSENT;
    for (String line : all) {
      if (!SysctlState.isOf(p.key(), line)) {
        lines.add(line);
      } else if (!written) {
        lines.add(line(p));
        written = true;
      }
    }
    if (!written) {
      lines.add(line(p));
    }
    return lines;
  }

  private static String line(Params p) {
    return Lines.line(p.key().text() + " = " + p.value());
  }

  private static Change<SysctlState> keep(Params p, SysctlState now) {
    Lines after = file(p, now);
    return Change.<SysctlState>to(
            (p.state() == State.PRESENT ? "keep " : "no longer keep ")
                + p.key().text()
                + " in "
                + p.file(),
            s -> file(p, s).equals(s.file()))
        .diff(new Diff.Lines(p.file(), "", now.file().text(), after.text(), false))
        .step(Step.put(p.file(), after.content(false)))
        .touches(Footprint.of(Thing.path(p.file())))
        .build();
  }

  private static Change<SysctlState> set(Params p, SysctlState now) {
    return Change.<SysctlState>to(
            "set " + p.key().text() + " to " + p.value(),
            s -> s.live().isEmpty() || s.live().equals(p.value()))
        .diff(Diff.of(p.key().text(), new Diff.Property("live value", now.live(), p.value())))
        .step(
            Step.sh(
                "printf '%s\\n' " + Sh.quote(p.value()) + " >" + Sh.quote(p.key().path()) + "\n"))
        .touches(Footprint.of(p.setting(), Thing.path(p.key().path())))
        .build();
  }

  @Override
  public Value.Dict result(Params p, SysctlState observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.text(p.key().text()));
    fields.put("value", Value.text(observed.live()));
    observed.kept(p.key()).ifPresent(v -> fields.put("kept", Value.text(v)));
    return new Value.Dict(fields);
  }
}
