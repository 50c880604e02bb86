package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.modules.cib.Cib;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.CibVersion;
import dev.hactl.modules.cib.Edited;
import dev.hactl.modules.cib.ObjectChange;
import dev.hactl.modules.cib.OperatorState;
import dev.hactl.modules.cib.WorkingCopy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The whole configuration of a replicated pair, as its tasks declare it. */
class ReplicatedPairTest {
  private static final PcsResource RESOURCE = new PcsResource();
  private static final PcsConstraint CONSTRAINT = new PcsConstraint();

  private static final List<CibEdit> TASKS =
      List.of(
          CibTask.edit(
              new PcsProperty(),
              "{properties: {no-quorum-policy: ignore, stonith-enabled: false}}"),
          CibTask.edit(
              new PcsDefaults(),
              "{resource: {resource-stickiness: INFINITY, migration-threshold: 3,"
                  + " failure-timeout: 10s}}"),
          CibTask.edit(
              RESOURCE,
              "{name: skydata, agent: 'ocf:linbit:drbd', options: {drbd_resource: skydata},"
                  + " operations: [monitor interval=29s role=Promoted, monitor interval=31s"
                  + " role=Unpromoted], promotable: {promoted-max: 1, promoted-node-max: 1,"
                  + " clone-max: 2, clone-node-max: 1, notify: true}, clone_name: drbd-cluster}"),
          CibTask.edit(
              RESOURCE,
              "{name: skyfs, agent: 'ocf:heartbeat:Filesystem', options: {device: /dev/drbd1,"
                  + " directory: /drbd, fstype: xfs, options: 'noatime,nodiratime,noexec'},"
                  + " group: master-group}"),
          CibTask.edit(
              RESOURCE,
              "{name: vip-master, agent: 'ocf:heartbeat:IPaddr2', options: {ip: 10.9.0.9,"
                  + " cidr_netmask: 24}, operations: {start: {timeout: 60s, on-fail: restart},"
                  + " monitor: {interval: 5s, timeout: 60s, on-fail: restart}, stop: {timeout: 60s,"
                  + " on-fail: block}}, group: master-group}"),
          CibTask.edit(
              RESOURCE,
              "{name: postgres, agent: 'ocf:heartbeat:docker', options: {image: skylar_pg, name: pg,"
                  + " run_opts: '--net=host --privileged=true -v /drbd/pg:/var/lib/postgresql'},"
                  + " operations: {monitor: {interval: 10s, timeout: 60s}}, group: master-group}"),
          CibTask.edit(
              RESOURCE,
              "{name: nfs-notify, agent: 'ocf:heartbeat:nfsnotify', options: {source_host: 10.9.0.9},"
                  + " group: master-group}"),
          CibTask.edit(
              CONSTRAINT,
              "{kind: colocation, resource: master-group, with: Promoted drbd-cluster}"),
          CibTask.edit(
              CONSTRAINT, "{kind: order, first: promote drbd-cluster, then: master-group}"),
          CibTask.edit(
              CONSTRAINT, "{kind: location, resource: drbd-cluster, node: master, score: 10}"));

  private static WorkingCopy applied(Cib cib) {
    WorkingCopy copy = WorkingCopy.of(cib);
    for (CibEdit task : TASKS) {
      copy =
          copy.after(task, assertInstanceOf(Edited.Done.class, copy.apply(task), task::toString));
    }
    return copy;
  }

  @Test
  void allTasksTogetherAreOneChangeOfTheConfiguration() {
    WorkingCopy copy = applied(CibTask.sample("fresh"));
    assertEquals(
        List.of(
            "+ property no-quorum-policy value=ignore",
            "+ property stonith-enabled value=false",
            "+ record hactl of what hactl created hactl-owned=drbd-cluster skydata master-group skyfs"
                + " vip-master postgres nfs-notify colocation-master-group-drbd-cluster-INFINITY"
                + " order-drbd-cluster-master-group-mandatory location-drbd-cluster-master-10",
            "+ clone drbd-cluster of=skydata meta promoted-max=1 promoted-node-max=1 clone-max=2"
                + " clone-node-max=1 notify=true promotable=true",
            "+ primitive skydata ocf:linbit:drbd drbd_resource=skydata op monitor Promoted"
                + " interval=29s role=Promoted op monitor Unpromoted interval=31s role=Unpromoted",
            "+ group master-group members=skyfs vip-master postgres nfs-notify",
            "+ primitive skyfs ocf:heartbeat:Filesystem device=/dev/drbd1 directory=/drbd fstype=xfs"
                + " options=noatime,nodiratime,noexec op monitor interval=60s",
            "+ primitive vip-master ocf:heartbeat:IPaddr2 ip=10.9.0.9 cidr_netmask=24 op start"
                + " interval=0s timeout=60s on-fail=restart op monitor interval=5s timeout=60s"
                + " on-fail=restart op stop interval=0s timeout=60s on-fail=block",
            "+ primitive postgres ocf:heartbeat:docker image=skylar_pg name=pg"
                + " run_opts=--net=host --privileged=true -v /drbd/pg:/var/lib/postgresql"
                + " op monitor interval=10s timeout=60s",
            "+ primitive nfs-notify ocf:heartbeat:nfsnotify source_host=10.9.0.9 op monitor"
                + " interval=60s",
            "+ colocation colocation-master-group-drbd-cluster-INFINITY Started master-group with"
                + " Promoted drbd-cluster score=INFINITY",
            "+ order order-drbd-cluster-master-group-mandatory promote drbd-cluster then start"
                + " master-group",
            "+ location location-drbd-cluster-master-10 drbd-cluster on master score=10",
            "+ resource default resource-stickiness value=INFINITY",
            "+ resource default migration-threshold value=3",
            "+ resource default failure-timeout value=10s"),
        copy.diff().stream().map(ObjectChange::toString).toList());
    assertEquals(new CibVersion(0, 7, 12), copy.patch().source());
    assertTrue(
        copy.patch().text().contains("<target admin_epoch=\"0\" epoch=\"8\" num_updates=\"0\"/>"));
  }

  static final List<Arguments> MEANWHILE =
      List.of(
          Arguments.of("nothing", "", ""),
          Arguments.of(
              "a ban",
              "<constraints>",
              "<constraints><rsc_location id=\"cli-ban-master-group-on-slave\" rsc=\"master-group\""
                  + " role=\"Started\" node=\"slave\" score=\"-INFINITY\"/>"),
          Arguments.of(
              "a move",
              "<constraints>",
              "<constraints><rsc_location id=\"cli-prefer-drbd-cluster\" rsc=\"drbd-cluster\""
                  + " role=\"Promoted\" node=\"master\" score=\"INFINITY\"/>"),
          Arguments.of(
              "DRBD's fence",
              "<constraints>",
              "<constraints><rsc_location rsc=\"drbd-cluster\""
                  + " id=\"drbd-fence-by-handler-skydata-drbd-cluster\"><rule role=\"Master\""
                  + " score=\"-INFINITY\" id=\"drbd-fence-by-handler-skydata-rule-drbd-cluster\">"
                  + "<expression attribute=\"#uname\" operation=\"ne\" value=\"master\""
                  + " id=\"drbd-fence-by-handler-skydata-expr-drbd-cluster\"/></rule></rsc_location>"),
          Arguments.of(
              "a node in standby",
              "<node id=\"2\" uname=\"slave\"/>",
              "<node id=\"2\" uname=\"slave\"><instance_attributes id=\"nodes-2\"><nvpair"
                  + " id=\"nodes-2-standby\" name=\"standby\" value=\"on\"/></instance_attributes></node>"),
          Arguments.of(
              "maintenance",
              "<cluster_property_set id=\"cib-bootstrap-options\">",
              "<cluster_property_set id=\"cib-bootstrap-options\"><nvpair"
                  + " id=\"cib-bootstrap-options-maintenance-mode\" name=\"maintenance-mode\""
                  + " value=\"true\"/>"),
          Arguments.of(
              "a stopped group",
              "<group id=\"master-group\">",
              "<group id=\"master-group\"><meta_attributes id=\"master-group-meta_attributes\"><nvpair"
                  + " id=\"master-group-meta_attributes-target-role\" name=\"target-role\""
                  + " value=\"Stopped\"/></meta_attributes>"),
          Arguments.of(
              "a stopped clone",
              "<meta_attributes id=\"drbd-cluster-meta_attributes\">",
              "<meta_attributes id=\"drbd-cluster-meta_attributes\"><nvpair"
                  + " id=\"drbd-cluster-meta_attributes-target-role\" name=\"target-role\""
                  + " value=\"Stopped\"/>"),
          Arguments.of(
              "a resource that is not managed",
              "<primitive id=\"postgres\" class=\"ocf\" type=\"docker\" provider=\"heartbeat\">",
              "<primitive id=\"postgres\" class=\"ocf\" type=\"docker\" provider=\"heartbeat\">"
                  + "<meta_attributes id=\"postgres-meta_attributes\"><nvpair"
                  + " id=\"postgres-meta_attributes-is-managed\" name=\"is-managed\" value=\"false\"/>"
                  + "</meta_attributes>"));

  @ParameterizedTest(name = "{0}")
  @FieldSource("MEANWHILE")
  void aSecondRunChangesNothingWhateverTheOperatorDidMeanwhile(
      String what, String place, String now) {
    String text = applied(CibTask.sample("fresh")).candidate().text();
    assertTrue(text.contains(place), place);
    Cib cib = Cib.parse(text.replace(place, now));
    WorkingCopy copy = applied(cib);
    assertFalse(copy.isChanged(), () -> copy.diff().toString());
    assertEquals(cib, copy.candidate());
    assertTrue(copy.patch().isEmpty());
    assertEquals(what.equals("nothing") ? 0 : 1, OperatorState.of(copy.candidate()).size());
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("MEANWHILE")
  void aRealChangeLeavesWhatTheOperatorDid(String what, String place, String now) {
    Cib cib = Cib.parse(applied(CibTask.sample("fresh")).candidate().text().replace(place, now));
    CibEdit all =
        CibEdit.all(
            List.of(
                CibTask.edit(
                    RESOURCE, "{name: postgres, options: {image: other, name: pg}, meta: {}}"),
                CibTask.edit(RESOURCE, "{name: skydata, promotable: {promoted-max: 2}}"),
                CibTask.edit(
                    RESOURCE,
                    "{name: master-group, members: [vip-master, skyfs], meta: {priority: 1}}"),
                CibTask.edit(
                    CONSTRAINT,
                    "{kind: location, resource: drbd-cluster, node: master, score: 20}")));
    var done = assertInstanceOf(Edited.Done.class, WorkingCopy.of(cib).apply(all));
    assertFalse(done.cib().configuresSameAs(cib));
    assertEquals(OperatorState.of(cib), OperatorState.of(done.cib()));
  }
}
