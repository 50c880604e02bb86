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
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.text.Lines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** An address in /etc/hosts. */
@HactlModule("hosts_entry")
public final class HostsEntry implements HostModule<HostsEntry.Params, HostsFile> {

  /** Whether the names stand there. */
  enum State {
    PRESENT,
    ABSENT
  }

  /** The address and its names. */
  record Params(Optional<String> ip, List<String> names, State state, boolean exclusive) {}

  private static final String FILE = "/etc/hosts";

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  private static final Type.Plain<String> IP =
      Types.TEXT.map(
          "IP address",
          ip -> {
            boolean four = ip.matches("(OCTET\\.){3}OCTET".replace("OCTET", OCTET));
            boolean six = ip.contains(":") && ip.matches("[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?");
            if (!four && !six) {
              throw new BadValue("'" + ip + "' is not an IP address");
            }
            return ip;
          });

  private static final Type.Plain<List<String>> NAMES =
      Types.NAMES.map(
          "list of host names",
          names -> {
            for (String name : names) {
              if (!name.matches("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?")) {
                throw new BadValue("'" + name + "' is not a host name");
              }
            }
            return names;
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage an address in /etc/hosts",
            """
            Adds missing names to the address's line, or a new line (hosts(5)); every other line \
            keeps its bytes, and names that others gave to the address stay. A name that already \
            stands for another address of the same family is refused, because DRBD and Corosync \
            would bind to whichever comes first; with 'exclusive: true' it is taken away there, also \
            from 127.0.1.1, where installers put it. 'absent' takes the names away, or the whole address when no names are given.\
            """,
            Example.of(
                "Both nodes know each other",
                """
                - hosts_entry:
                    ip: 192.0.2.11
                    names: [db1.example.com, db1]
                - hosts_entry:
                    ip: 192.0.2.12
                    names: [db2.example.com, db2]
                """),
            Example.on(
                "echo '127.0.1.1 old.example.com old' >>/etc/hosts",
                "A name that must not mean this machine's loopback",
                "- hosts_entry:\n    ip: 127.0.1.1\n    names: [old.example.com, old]\n    state: absent\n"),
            Example.on(
                "echo '127.0.1.1 db3' >>/etc/hosts",
                "The machine's name means the address that others reach it at",
                "- hosts_entry:\n    ip: 192.0.2.13\n    names: db3\n    exclusive: true\n"))
        .returning(
            new Return("ip", "the address"), new Return("names", "all names of the address"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().atLeastOne("ip", "names");
    var ip = form.optional("ip", IP, "The address; needed unless absent.");
    var names =
        form.optional("names", NAMES, List.of(), "Its names, the canonical one first.", "name");
    var state =
        form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether they are there.");
    var exclusive =
        form.optional(
            "exclusive",
            Types.BOOL,
            false,
            "Take the names away from other addresses of the same family.");
    return form.into(a -> {
      var p = new Params(a.get(ip), a.get(names), a.get(state), a.get(exclusive));
      if (p.state() == State.PRESENT && (p.ip().isEmpty() || p.names().isEmpty())) {
        throw new BadValue("an entry needs both 'ip' and 'names'");
      }
      return p;
    });
  }

  @Override
  public Probe<HostsFile> probe(Params p) {
    return Probe.sh(
        "[ ! -e " + FILE + " ] || cat " + FILE + "\n", a -> new HostsFile(Lines.of(a.bytes())));
  }

  @Override
  public Decision<HostsFile> plan(Params p, HostsFile now) {
    boolean guarded = p.state() == State.PRESENT && !p.exclusive();
    for (String name : guarded ? p.names() : List.<String>of()) {
      Optional<String> other = now.elsewhere(name, p.ip().orElseThrow());
      if (other.isPresent()) {
        return new Decision.Refused<>(
            name
                + " already stands for "
                + other.get()
                + " in "
                + FILE
                + "; 'exclusive: true' takes it away there");
      }
    }
    HostsFile after = wanted(p, now);
    if (after.lines().equals(now.lines())) {
      return Decision.ok(Thing.path(FILE));
    }
    String who = p.ip().orElseGet(() -> String.join(" ", p.names()));
    return Decision.change(
        Change.<HostsFile>to(
                (p.state() == State.PRESENT ? "let " + FILE + " name " : "take from " + FILE + " ")
                    + who,
                s -> wanted(p, s).lines().equals(s.lines()))
            .diff(new Diff.Lines(FILE, "", now.lines().text(), after.lines().text(), false))
            .step(Step.put(FILE, after.lines().content(false)))
            .touches(Footprint.of(Thing.path(FILE)))
            .build(),
        Thing.path(FILE));
  }

  private static HostsFile wanted(Params p, HostsFile now) {
    return switch (p.state()) {
      case ABSENT -> now.without(p.ip(), p.names());
      case PRESENT -> {
        String ip = p.ip().orElseThrow();
        HostsFile alone = p.exclusive() ? now.onlyFor(ip, p.names()) : now;
        yield alone.names(ip).containsAll(p.names()) ? alone : alone.adding(ip, p.names());
      }
    };
  }

  @Override
  public Value.Dict result(Params p, HostsFile observed) {
    var fields = new LinkedHashMap<String, Value>();
    p.ip()
        .ifPresent(ip -> {
          fields.put("ip", Value.text(ip));
          fields.put("names", Value.texts(List.copyOf(observed.names(ip))));
        });
    return new Value.Dict(fields);
  }
}
