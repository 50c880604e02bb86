package dev.hactl.modules.system;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
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
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;

/** The name of the host. */
@HactlModule("hostname")
public final class Hostname implements HostModule<Hostname.Params, Hostname.Observed> {

  /** The wanted name. */
  record Params(String name) {}

  /**
   * The name now and after a boot.
   *
   * @param running what the kernel says
   * @param file where the name is kept
   * @param kept what stands there, empty for nothing
   */
  record Observed(String running, String file, String kept) {}

  private static final String FILE = "/etc/hostname";
  private static final String NETWORK = "/etc/sysconfig/network";

  /** Without systemd, Red Hat's init scripts read the name from their own file. */
  private static final String PROBE =
      """
      uname -n
      if ! [ -d /run/systemd/system ] && ! [ -e FILE ] && [ -e NETWORK ]; then
        echo NETWORK
        sed -n 's/^HOSTNAME=//p' NETWORK
      else
        echo FILE
        [ ! -r FILE ] || cat FILE
      fi
      """
          .replace("FILE", FILE)
          .replace("NETWORK", NETWORK);

  private static final Type.Plain<String> NAME =
      Types.NAME.map(
          "host name",
          name -> {
            // Linux allows 64 bytes; the letters are those of RFC 1123.
            if (name.length() > 64 || !name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
              throw new BadValue(
                  "'" + name + "' is not a host name", "letters, digits, '-' and '.', at most 64");
            }
            return name;
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Set the host's name",
            """
            Sets the running name and the one kept for the next boot (hostname(5); \
            /etc/sysconfig/network on Red Hat systems without systemd). Renaming is refused while \
            Corosync, Pacemaker, Heartbeat or DRBD on this host know the old name: the node would \
            be orphaned, and a DRBD resource would no longer find its 'on HOST' section. Take the \
            node out of the cluster first. /etc/hosts is not touched; see hosts_entry.\
            """,
            Example.of("A name", "- hostname:\n    name: db1\n"))
        .returning(new Return("name", "the name"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var name = form.required("name", NAME, "The name, short or with its domain.");
    return form.into(a -> new Params(a.get(name)));
  }

  @Override
  public Probe<Observed> probe(Params p) {
    return Probe.sh(PROBE, Hostname::parse);
  }

  private static Observed parse(Answer answer) {
    List<String> lines = answer.text().lines().toList();
    if (lines.size() < 2) {
      throw new UnreadableAnswer("the host's name could not be read");
    }
    String kept =
        lines.stream()
            .skip(2)
            .map(String::strip)
            .filter(l -> !l.isEmpty() && !l.startsWith("#"))
            .map(l -> l.replaceAll("^\"|\"$", ""))
            .findFirst()
            .orElse("");
    return new Observed(lines.getFirst(), lines.get(1), kept);
  }

  @Override
  public Decision<Observed> plan(Params p, Observed now) {
    boolean runs = now.running().equals(p.name());
    boolean kept = now.kept().equals(p.name());
    if (runs && kept) {
      return Decision.ok(things(now));
    }
    if (runs) {
      return Decision.change(change(p, now), things(now));
    }
    return Decision.ask(
        ClusterNames.probe(now.running()),
        files ->
            files.isEmpty()
                ? Decision.change(change(p, now), things(now))
                : new Decision.Refused<>(
                    "this node is called "
                        + now.running()
                        + " in "
                        + String.join(", ", files)
                        + "; a rename would orphan it"));
  }

  private static Thing[] things(Observed now) {
    return new Thing[] {new Thing(Thing.Kind.KERNEL, "hostname"), Thing.path(now.file())};
  }

  private static Change<Observed> change(Params p, Observed now) {
    String word = Sh.quote(p.name());
    var change =
        Change.<Observed>to(
                "rename the host to " + p.name(),
                s -> s.running().equals(p.name()) && s.kept().equals(p.name()))
            .diff(
                Diff.of(
                    "host",
                    new Diff.Property("running name", now.running(), p.name()),
                    new Diff.Property(now.file(), now.kept(), p.name())));
    if (now.file().equals(NETWORK)) {
      change.step(
          Step.sh(
              "set -e\nt="
                  + NETWORK
                  + ".hactl\n"
                  + "{ sed '/^HOSTNAME=/d' "
                  + NETWORK
                  + "; echo HOSTNAME="
                  + word
                  + "; } >$t\n"
                  + "mv -f $t "
                  + NETWORK
                  + "\n"));
    } else {
      change.step(Step.put(FILE, Content.of(p.name() + "\n", false, "")));
    }
    return change
        // The system call; hostnamed sees both changes by itself.
        .step(Step.sh("hostname -- " + word + " 2>/dev/null || hostname " + word + "\n"))
        .touches(Footprint.of(things(now)))
        .build();
  }

  @Override
  public Value.Dict result(Params p, Observed observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.text(observed.running()));
    return new Value.Dict(fields);
  }
}
