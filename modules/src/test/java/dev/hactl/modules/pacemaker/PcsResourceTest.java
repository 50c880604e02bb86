package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.SourceException;
import dev.hactl.lab.Proves;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.cib.Cib;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcsResourceTest {
  private final PcsResource module = new PcsResource();

  static final List<Arguments> PLANS =
      List.of(
          row(
              "a new one",
              "fresh",
              "{name: vip, agent: 'ocf:heartbeat:IPaddr2', options: {ip: 10.0.0.9, cidr_netmask: 24},"
                  + " meta: {priority: 5}, operations: {monitor: {interval: 10s, timeout: 20s}}}",
              "+ primitive vip ocf:heartbeat:IPaddr2 ip=10.0.0.9 cidr_netmask=24 meta priority=5"
                  + " op monitor interval=10s timeout=20s"),
          row(
              "the seed's address, already there as pcs made it",
              "by-pcs",
              "{name: vip-master, agent: 'ocf:heartbeat:IPaddr2', options: cidr_netmask=24 ip=10.0.0.9,"
                  + " group: master-group, operations: [start timeout=60s on-fail=restart,"
                  + " monitor interval=5000ms timeout=1min on-fail=restart, stop timeout=60 on-fail=block]}"),
          row(
              "units, order and spelling do not matter",
              "by-pcs",
              "{name: skyfs, agent: 'ocf:heartbeat:Filesystem', options: {options: noatime, fstype: xfs,"
                  + " directory: /drbd, device: /dev/drbd1}, meta: {migration-threshold: '5'}, ops:"
                  + " [{name: stop, timeout: PT1M}, {action: monitor, interval: 20, timeout: 40s},"
                  + " {name: start, timeout: 1m}]}"),
          row(
              "Master is Promoted",
              "by-pcs",
              "{name: skydata, operations: [monitor interval=30s role=Master, monitor interval=31s role=Slave]}"),
          row(
              "another interval is changed in place",
              "by-pcs",
              "{name: skydata, operations: [monitor interval=10s role=Promoted, monitor interval=31s"
                  + " role=Unpromoted timeout=20s]}",
              "~ primitive skydata ocf:linbit:drbd  op monitor Promoted interval: 30s → 10s,"
                  + " op monitor Unpromoted timeout: (none) → 20s"),
          row(
              "what is not given stays",
              "by-pcs",
              "{name: skyfs, options: {device: /dev/drbd2, directory: /drbd, fstype: xfs, options: noatime}}",
              "~ primitive skyfs ocf:heartbeat:Filesystem  device: /dev/drbd1 → /dev/drbd2"),
          row(
              "what is given is all there is",
              "by-pcs",
              "{name: skyfs, options: {device: /dev/drbd1, directory: /drbd}, meta: {}}",
              "~ primitive skyfs ocf:heartbeat:Filesystem  fstype: xfs → (none),"
                  + " options: noatime → (none), meta migration-threshold: 5 → (none)"),
          row(
              "a resource that was disabled stays so",
              "by-pcs",
              "{name: web, agent: 'systemd:nginx', clone: {interleave: yes}}"),
          row(
              "a task may name what is the operator's",
              "by-pcs",
              "{name: web, clone: {interleave: true, target-role: Started}}",
              "~ clone web-clone  meta target-role: Stopped → Started"),
          row(
              "no monitor named: there is one all the same",
              "fresh",
              "{name: web, agent: 'lsb:web', operations: [start timeout=60s]}",
              "+ primitive web lsb:web op start interval=0s timeout=60s op monitor interval=60s"),
          row(
              "both roles of a promotable one are watched",
              "fresh",
              "{name: data, agent: 'ocf:linbit:drbd', options: {drbd_resource: r0}, promotable: yes}",
              "+ clone data-clone of=data meta promotable=true",
              "+ primitive data ocf:linbit:drbd drbd_resource=r0 op monitor Promoted interval=59s"
                  + " role=Promoted op monitor Unpromoted interval=60s role=Unpromoted"),
          row(
              "the seed's replicated device",
              "promotable-by-pcs",
              "{name: skydata, promotable: {promoted-max: 1, promoted-node-max: 1, clone-max: 2,"
                  + " clone-node-max: 1, notify: on}, clone_name: drbd-cluster}"),
          row(
              "the older names of its attributes",
              "promotable-by-pcs",
              "{name: skydata, promotable: {master-max: 1, master-node-max: 1, clone-max: 2,"
                  + " clone-node-max: 1, notify: yes}}"),
          row(
              "a promotable clone in the older form",
              "by-crmsh",
              "{name: s1, promotable: {promoted-max: 1}}"),
          row(
              "another limit, in the older form",
              "by-crmsh",
              "{name: s1, promotable: {promoted-max: 2}}",
              "~ master ms1  meta master-max: 1 → 2"),
          row(
              "crmsh's own ids are kept",
              "by-crmsh",
              "{name: d1, agent: 'ocf:heartbeat:Dummy', options: {fake: 1}, operations: [monitor"
                  + " interval=10s timeout=20s, start timeout=60s]}"),
          row("into a group", "fresh-with-two", "{name: a, group: g}", "+ group g members=a"),
          row(
              "a new member directly behind another one",
              "by-pcs",
              "{name: new, agent: 'ocf:heartbeat:Dummy', group: master-group, after: skyfs}",
              "+ primitive new ocf:heartbeat:Dummy op monitor interval=60s",
              "~ group master-group  members: skyfs vip-master → skyfs new vip-master"),
          row(
              "a new member directly before another one",
              "by-pcs",
              "{name: new, agent: 'ocf:heartbeat:Dummy', group: master-group, before: vip-master}",
              "+ primitive new ocf:heartbeat:Dummy op monitor interval=60s",
              "~ group master-group  members: skyfs vip-master → skyfs new vip-master"),
          row(
              "behind another member",
              "by-pcs",
              "{name: skyfs, group: master-group, after: vip-master}",
              "~ group master-group  members: skyfs vip-master → vip-master skyfs"),
          row(
              "already before it",
              "by-pcs",
              "{name: skyfs, group: master-group, before: vip-master}"),
          row(
              "a member that is not there yet",
              "by-pcs",
              "{name: skyfs, group: master-group, after: nfs}",
              "[missing nfs] 'nfs' is no member of the group 'master-group'"),
          row(
              "out of its group",
              "by-pcs",
              "{name: skyfs, group: ''}",
              "~ group master-group  members: skyfs vip-master → vip-master"),
          row(
              "a whole group",
              "by-pcs",
              "{name: all, members: [skydata, vip-master], meta: {priority: 1}}",
              "+ group all members=skydata vip-master meta priority=1",
              "~ group master-group  members: skyfs vip-master → skyfs"),
          row(
              "the order of a group; others stay",
              "by-pcs",
              "{name: master-group, members: vip-master, clone: no}"),
          row(
              "a clone of a group",
              "by-pcs",
              "{name: master-group, members: [skyfs, vip-master], clone: {interleave: true}}",
              "+ clone master-group-clone of=master-group meta interleave=true"),
          row(
              "a member is not cloned",
              "by-pcs",
              "{name: skyfs, clone: yes}",
              "[refused] 'skyfs' is inside the group 'master-group': only that can be cloned"),
          row(
              "a clone keeps its name",
              "by-pcs",
              "{name: web, clone: yes, clone_name: other}",
              "[refused] 'web' is cloned as 'web-clone'; a clone cannot be renamed while it is in use"),
          row(
              "a clone that is in use stays one",
              "by-pcs",
              "{name: web, clone: no}",
              "[refused] 'web' cannot stop being a clone: constraints or tags still name 'web-clone'"),
          row(
              "an id that is something else",
              "by-pcs",
              "{name: master-group, agent: 'ocf:heartbeat:Dummy'}",
              "[refused] 'master-group' is a group, not a primitive"),
          row(
              "an id that is taken",
              "by-pcs",
              "{name: fl-master-1, agent: 'ocf:heartbeat:Dummy'}",
              "[refused] the id 'fl-master-1' is taken by a <fencing-level>"),
          row(
              "nothing to settle",
              "fresh",
              "{name: gone, meta: {priority: 1}}",
              "[missing gone] the resource 'gone' is not configured"),
          row("absent already", "fresh", "{name: gone, state: absent}"),
          row(
              "a member takes its constraints along",
              "running",
              "{name: web, state: absent}",
              "~ group g  members: vip web → vip",
              "- primitive web ocf:heartbeat:Dummy op monitor interval=10s timeout=20s"),
          row(
              "a clone takes its content along",
              "by-pcs",
              "{name: other-clone, state: absent}",
              "- clone other-clone of=other",
              "- group other members=grpd",
              "- primitive grpd ocf:heartbeat:Dummy op migrate_from interval=0s timeout=20s"
                  + " op migrate_to interval=0s timeout=20s op monitor interval=10s timeout=20s"
                  + " op reload interval=0s timeout=20s op start interval=0s timeout=20s"
                  + " op stop interval=0s timeout=20s"),
          row(
              "a tag keeps it",
              "by-pcs",
              "{name: dummy, state: absent}",
              "[refused] 'dummy' cannot be removed: the constraint order_set_wedyf1 names it"),
          row(
              "the operator's constraint keeps it",
              "by-pcs",
              "{name: vip-master, state: absent}",
              "[refused] 'vip-master' cannot be removed: the operator's constraint"
                  + " cli-prefer-vip-master names it; clear it first (crm_resource --clear, or let DRBD"
                  + " lift its fence)"));

  private static Arguments row(String what, String sample, String yaml, String... lines) {
    return Arguments.of(what, sample, yaml, List.of(lines));
  }

  private Cib cib(String sample) {
    return sample.equals("fresh-with-two")
        ? CibTask.after(
            module,
            CibTask.after(
                module, CibTask.sample("fresh"), "{name: a, agent: 'ocf:heartbeat:Dummy'}"),
            "{name: b, agent: 'ocf:heartbeat:Dummy'}")
        : CibTask.sample(sample);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("PLANS")
  @Proves({"S3-01", "S3-02", "S3-04", "S3-06", "S3-08"})
  void plans(String what, String sample, String yaml, List<String> lines) {
    assertEquals(lines, CibTask.plan(module, cib(sample), yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: 'a b', agent: 'ocf:heartbeat:Dummy'}",
        "{name: a, agent: Dummy}",
        "{name: a, agent: 'ocf:Dummy'}",
        "{name: a, agent: 'none:Dummy'}",
        "{name: a, options: ip}",
        "{name: a, options: {ip: \"1\\n2\"}}",
        "{name: a, options: [ip=1, ip=2]}",
        "{name: a, operations: [monitor interval=soon]}",
        "{name: a, operations: [monitor interval=10s, monitor interval=10000ms]}",
        "{name: a, operations: [monitor role=Leader]}",
        "{name: a, operations: [stop on-fail=pray]}",
        "{name: a, operations: [{interval: 10s}]}",
        "{name: a, after: b}",
        "{name: a, members: [b], agent: 'ocf:heartbeat:Dummy'}",
        "{name: a, members: [a]}",
        "{name: a, group: g, clone: yes}",
        "{name: a, clone: no, promotable: yes}",
        "{name: a, clone_name: c}",
        "{name: a, unknown: 1}",
      })
  void mistakesAreToldBeforeAnyHostIsAsked(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(module.form(), yaml));
  }
}
