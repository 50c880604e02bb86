package dev.hactl.modules.system;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A group. */
@HactlModule("group")
public final class GroupAccount implements HostModule<GroupAccount.Params, AccountState> {

  /** Whether it exists. */
  enum State {
    PRESENT,
    ABSENT
  }

  /** The wanted group. */
  record Params(
      String name,
      Optional<Long> gid,
      boolean nonUnique,
      boolean system,
      State state,
      boolean force) {}

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a group",
            """
            Uses groupadd, groupmod and groupdel of the shadow suite. Changing the number of a \
            group leaves its files with the old number, as groupmod(8) says.\
            """,
            Example.of("A group", "- group:\n    name: operators\n    gid: 4242\n"),
            Example.on(
                "groupadd leavers",
                "A group that must not exist",
                "- group:\n    name: leavers\n    state: absent\n"))
        .returning(
            new Return("name", "its name"),
            new Return("gid", "its number"),
            new Return("state", "present or absent"));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var name = form.required("name", AccountName.TYPE, "The group.");
    var gid = form.optional("gid", Types.INTEGER, "Its number.");
    var nonUnique =
        form.optional("non_unique", Types.BOOL, false, "Allow a number that another group has.");
    var system =
        form.optional(
            "system", Types.BOOL, false, "Take a number of the system's range; only when new.");
    var state =
        form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether it exists.");
    var force =
        form.optional(
            "force", Types.BOOL, false, "Delete it even when it is a user's primary group.");
    return form.into(a ->
        new Params(
            a.get(name), a.get(gid), a.get(nonUnique), a.get(system), a.get(state), a.get(force)));
  }

  @Override
  public Probe<AccountState> probe(Params p) {
    return Probe.of(
        AccountCollector.INSTANCE,
        new AccountQuestion("", List.of(p.name()), false),
        AccountState::parse);
  }

  @Override
  public Decision<AccountState> plan(Params p, AccountState observed) {
    Optional<AccountState.Group> group = observed.group(p.name());
    Thing thing = Thing.group(p.name());
    boolean wanted = p.state() == State.PRESENT;
    Optional<String> tool =
        group.isEmpty() && wanted
            ? Optional.of("groupadd")
            : group.isPresent() && !wanted
                ? Optional.of("groupdel")
                : differs(p, group) ? Optional.of("groupmod") : Optional.empty();
    if (tool.isEmpty()) {
      return Decision.ok(thing);
    }
    if (!observed.has(tool.get())) {
      return new Decision.Impossible<>(
          "there is no " + tool.get() + " on this host; groups need the shadow suite");
    }
    return Decision.change(change(p, group, tool.get()), thing);
  }

  private static boolean differs(Params p, Optional<AccountState.Group> group) {
    return group.isPresent()
        && p.state() == State.PRESENT
        && p.gid().isPresent()
        && p.gid().get() != group.get().gid();
  }

  private static Change<AccountState> change(
      Params p, Optional<AccountState.Group> group, String tool) {
    String gid = p.gid().map(g -> " -g " + g + (p.nonUnique() ? " -o" : "")).orElse("");
    String options =
        switch (tool) {
          case "groupadd" -> gid + (p.system() ? " -r" : "");
          case "groupmod" -> gid;
          default -> p.force() ? " -f" : "";
        };
    String what =
        switch (tool) {
          case "groupadd" -> "create group ";
          case "groupmod" -> "change the number of group ";
          default -> "delete group ";
        };
    String before = group.map(g -> Long.toString(g.gid())).orElse("");
    String after =
        p.state() == State.ABSENT ? "" : p.gid().map(g -> Long.toString(g)).orElse("next free");
    return Change.<AccountState>to(
            what + p.name(),
            s ->
                p.state() == State.ABSENT
                    ? s.group(p.name()).isEmpty()
                    : s.group(p.name()).isPresent() && !differs(p, s.group(p.name())))
        .diff(Diff.of("group " + p.name(), new Diff.Property("gid", before, after)))
        // Ended early, the tools leave a copy of /etc/group under another name behind.
        .step(
            Step.protectedSh(
                tool + options + " -- " + Sh.quote(p.name()) + " </dev/null\n", Step.DEADLINE))
        .touches(Footprint.of(Thing.group(p.name()), Thing.path("/etc/group")))
        .build();
  }

  @Override
  public Value.Dict result(Params p, AccountState observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.text(p.name()));
    fields.put("state", Value.text(Types.word(p.state())));
    fields.put("system", Value.bool(p.system()));
    observed.group(p.name()).ifPresent(g -> fields.put("gid", Value.number(g.gid())));
    return new Value.Dict(fields);
  }
}
