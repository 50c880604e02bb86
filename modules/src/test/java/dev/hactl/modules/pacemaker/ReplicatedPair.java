package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hactl.modules.cib.Cib;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.Edited;
import dev.hactl.modules.cib.WorkingCopy;
import java.util.List;

/**
 * The tasks that declare a replicated pair: a disk, and on the node where it is Promoted a file
 * system, an address, four containers and an NFS server.
 */
final class ReplicatedPair {
  private static final PcsResource RESOURCE = new PcsResource();
  private static final PcsConstraint CONSTRAINT = new PcsConstraint();

  private static final String OPERATIONS =
      "operations: {start: {timeout: 60s, on-fail: restart}, monitor: {interval: %s, timeout: 60s,"
          + " on-fail: restart}, stop: {timeout: 60s, on-fail: block}}";

  static final List<CibEdit> TASKS =
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
                  + " cidr_netmask: 24}, "
                  + OPERATIONS.formatted("5s")
                  + ", group: master-group}"),
          container("postgres", "skylar_pg", "pg", "-v /drbd/pg:/var/lib/postgresql"),
          container("redis", "skylar_redis", "redis", "-v /drbd/redis:/data"),
          container("bstkd", "skylar_beanstalkd", "beanstalkd", ""),
          container("main", "skylar_main", "main", "-v /drbd/main/a:/a -v /drbd/main/b:/b"),
          CibTask.edit(
              RESOURCE,
              "{name: nfs-daemon, agent: 'ocf:heartbeat:nfsserver', options: {nfs_shared_infodir:"
                  + " /drbd/nfsshare/nfsinfo, nfs_ip: 10.9.0.9}, group: master-group}"),
          CibTask.edit(
              RESOURCE,
              "{name: nfs-root, agent: 'ocf:heartbeat:exportfs', options: {directory:"
                  + " /drbd/nfsshare/exports, clientspec: '*', options: 'rw,sync,all_squash',"
                  + " fsid: 0}, group: master-group}"),
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
              CONSTRAINT,
              "{kind: location, resource: drbd-cluster, role: Promoted, node: master, score: 10}"));

  private ReplicatedPair() {}

  private static CibEdit container(String name, String image, String container, String volumes) {
    return CibTask.edit(
        RESOURCE,
        "{name: %s, agent: 'ocf:heartbeat:docker', options: {image: %s, name: %s, run_opts:"
                .formatted(name, image, container)
            + " '%s'}, ".formatted(("--net=host --privileged=true " + volumes).strip())
            + OPERATIONS.formatted("10s")
            + ", group: master-group}");
  }

  /** A configuration after all of them. */
  static WorkingCopy applied(Cib cib) {
    WorkingCopy copy = WorkingCopy.of(cib);
    for (CibEdit task : TASKS) {
      copy =
          copy.after(task, assertInstanceOf(Edited.Done.class, copy.apply(task), task::toString));
    }
    return copy;
  }
}
