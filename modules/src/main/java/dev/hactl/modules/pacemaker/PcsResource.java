package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.cib.Agent;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.CloneEdit;
import dev.hactl.modules.cib.GroupEdit;
import dev.hactl.modules.cib.MembershipEdit;
import dev.hactl.modules.cib.Operation;
import dev.hactl.modules.cib.PrimitiveEdit;
import dev.hactl.modules.cib.ResourceRemoval;
import dev.hactl.modules.cib.Setting;
import dev.hactl.modules.cib.UncloneEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A resource of a cluster: a primitive or a group, alone, in a group, or cloned. */
@HactlModule("pcs_resource")
public final class PcsResource implements CibModule<PcsResource.Params> {

  /**
   * The wanted resource.
   *
   * @param name its id
   * @param state whether it is there
   * @param agent what runs it
   * @param options what the agent gets
   * @param meta how Pacemaker treats it
   * @param operations its actions
   * @param group it is a member of; empty text for none
   * @param before a later member of that group
   * @param after an earlier member of that group
   * @param members when it is a group itself
   * @param copies how it is cloned
   */
  public record Params(
      String name,
      Presence state,
      Optional<Agent> agent,
      Optional<List<Setting>> options,
      Optional<List<Setting>> meta,
      Optional<List<Operation>> operations,
      Optional<String> group,
      Optional<String> before,
      Optional<String> after,
      List<String> members,
      Copies copies) {}

  /**
   * How a resource is cloned.
   *
   * @param kind whether and how
   * @param name of the clone
   * @param meta its attributes
   */
  record Copies(Kind kind, Optional<String> name, Optional<List<Setting>> meta) {
    enum Kind {
      AS_IT_IS,
      NONE,
      PLAIN,
      PROMOTABLE
    }

    boolean wanted() {
      return kind == Kind.PLAIN || kind == Kind.PROMOTABLE;
    }
  }

  @Override
  public Manual manual() {
    return Manuals.of(
        "Manage a resource of a Pacemaker cluster",
        "A primitive with its options, meta attributes and operations, a group of primitives, and"
            + " clones and promotable clones of both. Each of 'options', 'meta' and 'operations' that"
            + " is given is all there is of its kind, each that is not given stays as it is; an empty"
            + " value removes a setting. A resource without a monitor operation gets one every 60"
            + " seconds, as pcs does, and a promotable one gets one for each role: what nobody looks"
            + " at never fails over. A new member joins its group at the end, or directly 'before' or"
            + " 'after' another one; one that is there already moves only when its place contradicts"
            + " them. A removed resource takes the constraints that name it along, the last"
            + " member its group, the content its clone. A clone is called NAME-clone unless"
            + " 'clone_name' says otherwise.",
        Manual.Example.of(
            "An address",
            """
            - pcs_resource:
                name: vip-master
                agent: ocf:heartbeat:IPaddr2
                options:
                  ip: 192.0.2.9
                  cidr_netmask: 24
                operations:
                  start: {timeout: 60s, on-fail: restart}
                  monitor: {interval: 5s, timeout: 60s, on-fail: restart}
                  stop: {timeout: 60s, on-fail: block}
            """),
        Manual.Example.of(
            "A promotable clone",
            """
            - pcs_resource:
                name: counter
                agent: ocf:pacemaker:Stateful
                operations:
                  - monitor interval=30s role=Promoted
                  - monitor interval=31s role=Unpromoted
                promotable: {promoted-max: 1, clone-max: 2, notify: true}
                clone_name: counters
            """),
        Manual.Example.of(
            "Two members of a group",
            """
            - pcs_resource:
                name: first
                agent: ocf:heartbeat:Dummy
                group: services
            - pcs_resource:
                name: second
                agent: ocf:heartbeat:Dummy
                group: services
                after: first
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var name = form.required("name", PcmkTypes.ID, "The resource's id.", "id");
    var state =
        form.optional(
            "state", Types.oneOf(Presence.class), Presence.PRESENT, "Whether it is configured.");
    var agent =
        form.optional(
            "agent",
            PcmkTypes.AGENT,
            "What runs it: ocf:heartbeat:IPaddr2, systemd:nginx. Needed when it is not there yet.",
            "resource_type",
            "type");
    var options =
        form.optional(
            "options", SettingsType.TYPE, "What the agent gets.", "params", "instance_attributes");
    var meta =
        form.optional("meta", SettingsType.TYPE, "How Pacemaker treats it.", "meta_attributes");
    var operations =
        form.optional(
            "operations",
            OperationsType.TYPE,
            "Its actions with interval, timeout, role, on-fail, enabled.",
            "op",
            "ops");
    var group =
        form.optional(
            "group",
            Types.NAME,
            "The group it is a member of, made when it is not there. An empty text takes it out of"
                + " its group.");
    var before = form.optional("before", PcmkTypes.ID, "A member of the group that starts later.");
    var after = form.optional("after", PcmkTypes.ID, "A member of the group that starts earlier.");
    var members =
        form.optional(
            "members",
            PcmkTypes.IDS,
            List.of(),
            "Makes this a group of these primitives, which start in this order. Members that are"
                + " not named stay in it.");
    var clone =
        form.optional(
            "clone",
            CloneWish.TYPE,
            "Whether it runs on several nodes at once; a mapping gives the clone's meta attributes."
                + " 'no' makes it run on one node again.");
    var promotable =
        form.optional(
            "promotable",
            CloneWish.TYPE,
            "Whether its copies can be promoted; a mapping gives the clone's meta attributes.");
    var cloneName = form.optional("clone_name", PcmkTypes.ID, "The clone's id.");
    return form.into(a ->
        checked(
            new Params(
                a.get(name),
                a.get(state),
                a.get(agent),
                a.get(options),
                a.get(meta),
                a.get(operations),
                a.get(group).map(g -> g.isEmpty() ? g : PcmkTypes.id(g)),
                a.get(before),
                a.get(after),
                a.get(members),
                copies(a.get(clone), a.get(promotable), a.get(cloneName)))));
  }

  private static Copies copies(
      Optional<CloneWish> clone, Optional<CloneWish> promotable, Optional<String> name) {
    boolean two = promotable.filter(CloneWish::wanted).isPresent();
    boolean plain = clone.filter(CloneWish::wanted).isPresent();
    if (two && clone.isPresent() && !plain) {
      throw new BadValue("what is promotable is a clone: 'clone: no' contradicts it");
    }
    if (name.isPresent() && !two && !plain) {
      throw new BadValue("clone_name names a clone", "add 'clone: yes' or 'promotable: yes'");
    }
    List<Setting> one = clone.flatMap(CloneWish::meta).orElse(List.of());
    List<Setting> other = promotable.flatMap(CloneWish::meta).orElse(List.of());
    boolean given =
        clone.flatMap(CloneWish::meta).isPresent()
            || promotable.flatMap(CloneWish::meta).isPresent();
    Optional<List<Setting>> meta =
        given ? Optional.of(SettingsType.joined(one, other)) : Optional.empty();
    Copies.Kind kind =
        two
            ? Copies.Kind.PROMOTABLE
            : plain
                ? Copies.Kind.PLAIN
                : clone.isPresent() ? Copies.Kind.NONE : Copies.Kind.AS_IT_IS;
    return new Copies(kind, name, meta);
  }

  private static Params checked(Params p) {
    boolean primitive =
        p.agent().isPresent() || p.options().isPresent() || p.operations().isPresent();
    if (!p.members().isEmpty() && (primitive || p.group().isPresent())) {
      throw new BadValue(
          "with 'members' this is a group, which has no agent, options, operations or group");
    }
    boolean placed = p.before().isPresent() || p.after().isPresent();
    if (placed && p.group().filter(g -> !g.isEmpty()).isEmpty()) {
      throw new BadValue("'before' and 'after' order the members of a group", "add 'group'");
    }
    if (p.group().filter(g -> !g.isEmpty()).isPresent() && p.copies().wanted()) {
      throw new BadValue(
          "a member of a group is not cloned", "clone the group: give it a task with 'members'");
    }
    if (p.members().contains(p.name()) || p.group().filter(p.name()::equals).isPresent()) {
      throw new BadValue("a group and its member cannot have the same name");
    }
    if (p.copies().name().filter(p.name()::equals).isPresent()) {
      throw new BadValue("a clone and what it holds cannot have the same name");
    }
    return p;
  }

  @Override
  public CibEdit edit(Params p) {
    if (p.state() == Presence.ABSENT) {
      return new ResourceRemoval(p.name());
    }
    boolean promotable = p.copies().kind() == Copies.Kind.PROMOTABLE;
    var edits = new ArrayList<CibEdit>();
    if (p.members().isEmpty()) {
      edits.add(
          new PrimitiveEdit(
              p.name(), p.agent(), p.options(), p.meta(), p.operations(), promotable));
      p.group().ifPresent(g -> edits.add(new MembershipEdit(p.name(), g, p.before(), p.after())));
    } else {
      edits.add(new GroupEdit(p.name(), p.members(), p.meta()));
    }
    if (p.copies().wanted()) {
      edits.add(new CloneEdit(p.name(), p.copies().name(), promotable, p.copies().meta()));
    } else if (p.copies().kind() == Copies.Kind.NONE) {
      edits.add(new UncloneEdit(p.name()));
    }
    return edits.size() == 1 ? edits.getFirst() : CibEdit.all(edits);
  }
}
