package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.Proves;
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
  @Test
  @Proves({"S0-23", "S0-24", "S0-25", "S0-26", "S0-27", "S0-28", "S0-29", "S0-30", "S0-31"})
  void allTasksTogetherAreOneChangeOfTheConfiguration() {
    WorkingCopy copy = ReplicatedPair.applied(CibTask.sample("fresh"));
    assertEquals(
        List.of(
            "+ property no-quorum-policy value=ignore",
            "+ property stonith-enabled value=false",
            "+ record hactl of what hactl created hactl-owned=drbd-cluster skydata master-group skyfs"
                + " vip-master postgres redis bstkd main nfs-daemon nfs-root nfs-notify"
                + " colocation-master-group-drbd-cluster-INFINITY"
                + " order-drbd-cluster-master-group-mandatory location-drbd-cluster-master-10",
            "+ clone drbd-cluster of=skydata meta promoted-max=1 promoted-node-max=1 clone-max=2"
                + " clone-node-max=1 notify=true promotable=true",
            "+ primitive skydata ocf:linbit:drbd drbd_resource=skydata op monitor Promoted"
                + " interval=29s role=Promoted op monitor Unpromoted interval=31s role=Unpromoted",
            "+ group master-group members=skyfs vip-master postgres redis bstkd main nfs-daemon nfs-root"
                + " nfs-notify",
            "+ primitive skyfs ocf:heartbeat:Filesystem device=/dev/drbd1 directory=/drbd fstype=xfs"
                + " options=noatime,nodiratime,noexec op monitor interval=60s",
            "+ primitive vip-master ocf:heartbeat:IPaddr2 ip=10.9.0.9 cidr_netmask=24 op start"
                + " interval=0s timeout=60s on-fail=restart op monitor interval=5s timeout=60s"
                + " on-fail=restart op stop interval=0s timeout=60s on-fail=block",
            container("postgres", "image=skylar_pg name=pg", "-v /drbd/pg:/var/lib/postgresql"),
            container("redis", "image=skylar_redis name=redis", "-v /drbd/redis:/data"),
            container("bstkd", "image=skylar_beanstalkd name=beanstalkd", ""),
            container(
                "main", "image=skylar_main name=main", "-v /drbd/main/a:/a -v /drbd/main/b:/b"),
            "+ primitive nfs-daemon ocf:heartbeat:nfsserver nfs_shared_infodir=/drbd/nfsshare/nfsinfo"
                + " nfs_ip=10.9.0.9 op monitor interval=60s",
            "+ primitive nfs-root ocf:heartbeat:exportfs directory=/drbd/nfsshare/exports"
                + " clientspec=* options=rw,sync,all_squash fsid=0 op monitor interval=60s",
            "+ primitive nfs-notify ocf:heartbeat:nfsnotify source_host=10.9.0.9 op monitor"
                + " interval=60s",
            "+ colocation colocation-master-group-drbd-cluster-INFINITY Started master-group with"
                + " Promoted drbd-cluster score=INFINITY",
            "+ order order-drbd-cluster-master-group-mandatory promote drbd-cluster then start"
                + " master-group",
            "+ location location-drbd-cluster-master-10 drbd-cluster on master score=10 role=Promoted",
            "+ resource default resource-stickiness value=INFINITY",
            "+ resource default migration-threshold value=3",
            "+ resource default failure-timeout value=10s"),
        copy.diff().stream().map(ObjectChange::toString).toList());
    assertEquals(new CibVersion(0, 7, 12), copy.patch().source());
    assertTrue(
        copy.patch().text().contains("<target admin_epoch=\"0\" epoch=\"8\" num_updates=\"0\"/>"));
  }

  private static String container(String id, String names, String volumes) {
    return "+ primitive "
        + id
        + " ocf:heartbeat:docker "
        + names
        + (" run_opts=--net=host --privileged=true " + volumes).stripTrailing()
        + " op start interval=0s timeout=60s on-fail=restart op monitor interval=10s timeout=60s"
        + " on-fail=restart op stop interval=0s timeout=60s on-fail=block";
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
    String text = ReplicatedPair.applied(CibTask.sample("fresh")).candidate().text();
    assertTrue(text.contains(place), place);
    Cib cib = Cib.parse(text.replace(place, now));
    WorkingCopy copy = ReplicatedPair.applied(cib);
    assertFalse(copy.isChanged(), () -> copy.diff().toString());
    assertEquals(cib, copy.candidate());
    assertTrue(copy.patch().isEmpty());
    assertEquals(what.equals("nothing") ? 0 : 1, OperatorState.of(copy.candidate()).size());
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("MEANWHILE")
  void aRealChangeLeavesWhatTheOperatorDid(String what, String place, String now) {
    Cib cib =
        Cib.parse(
            ReplicatedPair.applied(CibTask.sample("fresh")).candidate().text().replace(place, now));
    CibEdit all =
        CibEdit.all(
            List.of(
                CibTask.edit(
                    new PcsResource(),
                    "{name: postgres, options: {image: other, name: pg}, meta: {}}"),
                CibTask.edit(new PcsResource(), "{name: skydata, promotable: {promoted-max: 2}}"),
                CibTask.edit(
                    new PcsResource(),
                    "{name: master-group, members: [vip-master, skyfs], meta: {priority: 1}}"),
                CibTask.edit(
                    new PcsConstraint(),
                    "{kind: location, resource: drbd-cluster, role: Promoted, node: master, score: 20}")));
    var done = assertInstanceOf(Edited.Done.class, WorkingCopy.of(cib).apply(all));
    assertFalse(done.cib().configuresSameAs(cib));
    assertEquals(OperatorState.of(cib), OperatorState.of(done.cib()));
  }
}
