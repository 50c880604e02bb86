package dev.hactl.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.lab.LabMachine;
import dev.hactl.lab.OnMachine;
import dev.hactl.lab.Proves;
import dev.hactl.lab.WithMachines;
import dev.hactl.modules.contract.Playbook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Storage on a machine with its own kernel, disks and DRBD, through the whole engine. */
@WithMachines
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StorageIT {
  @TempDir Path folder;
  private int playbooks;

  private Playbook.Run apply(LabMachine machine, String tasks, String... consents) {
    try {
      Path own = Files.createDirectory(folder.resolve("playbook" + ++playbooks));
      return Playbook.of(
              own,
              IndexedModules.of(getClass().getClassLoader()),
              tasks,
              "all:\n  hosts:\n" + machine.inventoryEntry(4))
          .apply(Set.of(consents));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The task must end with exit code 9 and say the fact. */
  private void refused(LabMachine machine, String task, String fact, String... consents) {
    Playbook.Run run = apply(machine, "- " + task + "\n", consents);
    assertEquals(9, run.exit(), run.story());
    assertTrue(run.story().contains(fact), run.story());
  }

  private static String sum(LabMachine machine, String device) {
    return machine.sh(
        "sync; { head -c 4194304 %1$s; tail -c 4194304 %1$s; } | sha256sum".formatted(device));
  }

  @Test
  @Order(1)
  @Proves("S0-17")
  void whatIsThereAfterABootIsAsItWas(@OnMachine(1) LabMachine machine) {
    String tasks =
        """
        - modprobe:
            name: drbd
            persistent: present
        - losetup:
            path: /srv/skydata.img
            size: 64M
            device: /dev/loop7
        - filesystem:
            dev: /dev/loop7
            fstype: ext4
            label: skydata
        - mount:
            path: /srv/data
            src: /dev/loop7
            fstype: ext4
            opts: noatime,nofail
            state: mounted
        - nfs_export:
            path: /srv/data
            clients: 192.0.2.0/24(rw,sync,no_subtree_check)
        """;
    Playbook.Run first = apply(machine, tasks);
    assertEquals(0, first.exit(), first.story());
    machine.sh("echo kept > /srv/data/file; sync");
    Playbook.Run second = apply(machine, tasks);
    assertTrue(second.exit() == 0 && second.quiet(), second.story());

    machine.off();
    machine.on();
    machine.await(Duration.ofSeconds(120), "the mount", "grep -q ' /srv/data ' /proc/mounts");
    assertEquals("kept", machine.sh("cat /srv/data/file"));
    assertEquals(
        "/srv/skydata.img",
        machine.sh("cat /sys/block/loop7/loop/backing_file; lsmod | grep -q drbd"));
    Playbook.Run third = apply(machine, tasks.substring(0, tasks.indexOf("- nfs_export")));
    assertTrue(third.exit() == 0 && third.quiet(), third.story());
  }

  @Test
  @Order(2)
  void anImageWithDataIsNeverMadeAnew(@OnMachine(1) LabMachine machine) {
    machine.sh("truncate -s 8M /srv/a.img; mkfs.ext4 -q -F /srv/a.img");
    String before = sum(machine, "/srv/a.img");
    String image = "losetup: {path: /srv/a.img, boot: false, ";
    refused(machine, image + "size: 16M}", "is made larger only with 'grow: true'");
    refused(machine, image + "size: 4M, grow: true}", "never made smaller");
    refused(machine, image + "device: /dev/loop7}", "/dev/loop7 is attached to /srv/skydata.img");
    refused(
        machine, image + "state: absent}", "removes /srv/a.img (8 MiB) with the file system ext4");
    refused(
        machine,
        "losetup: {path: /srv/skydata.img, state: detached}",
        "/dev/loop7 is in use: it is mounted at /srv/data",
        "disruptive");
    refused(
        machine,
        "losetup: {path: /dev/ubdb, size: 64M, boot: false}",
        "/dev/ubdb is there and is no regular file");
    assertEquals(before, sum(machine, "/srv/a.img"));
  }

  @Test
  @Order(3)
  @Proves("S0-21")
  void aForeignSignatureIsNeverOverwritten(@OnMachine(1) LabMachine machine) {
    machine.sh("mkfs.xfs -q -f -L other " + LabMachine.DISK);
    String uuid = machine.sh("blkid -p -o value -s UUID " + LabMachine.DISK);
    String before = sum(machine, LabMachine.DISK);
    String bears = "the file system xfs 'other' with UUID " + uuid;
    String task = "filesystem: {dev: /dev/ubdb, fstype: ext4%s}";
    refused(machine, task.formatted(""), "bears " + bears + ": it is not overwritten");
    refused(machine, task.formatted(", force: true"), "overwrites " + bears);
    refused(
        machine, task.formatted(", force: true"), "overwrites " + bears, "/dev/ubdb", "disruptive");
    refused(machine, "filesystem: {dev: /dev/ubdb, state: absent}", "wipes " + bears);
    refused(machine, "lvm: {vg: vgsky, pvs: /dev/ubdb}", "bears " + bears);
    assertEquals(before, sum(machine, LabMachine.DISK));

    machine.sh("mkdir -p /mnt/x; mount /dev/ubdb /mnt/x");
    refused(
        machine,
        task.formatted(", force: true"),
        "/dev/ubdb is in use: it is mounted at /mnt/x",
        "/dev/ubdb@" + uuid);
    machine.sh("umount /mnt/x");
    Playbook.Run done =
        apply(machine, "- " + task.formatted(", force: true") + "\n", "/dev/ubdb@" + uuid);
    assertEquals(0, done.exit(), done.story());
    assertEquals("ext4", machine.sh("blkid -p -o value -s TYPE " + LabMachine.DISK));
  }

  @Test
  @Order(4)
  @Proves("S0-21")
  void aReplicaIsLeftToDrbd(@OnMachine(1) LabMachine machine) {
    machine.sh(
        """
        wipefs -q -a /dev/ubdb
        cat > /etc/drbd.d/r0.res <<'X'
        resource r0 {
          device /dev/drbd1; disk /dev/ubdb; meta-disk internal;
          on node1 { address 10.77.1.1:7789; }
          on node2 { address 10.77.1.2:7789; }
        }
        X
        modprobe drbd; drbdadm create-md --force r0 > /dev/null 2>&1
        """);
    String before = sum(machine, LabMachine.DISK);
    refused(machine, "filesystem: {dev: /dev/ubdb, fstype: ext4}", "bears DRBD metadata");
    refused(machine, "lvm: {vg: vgsky, pvs: /dev/ubdb}", "bears DRBD metadata");
    refused(
        machine,
        "mount: {path: /mnt/x, src: /dev/ubdb, fstype: ext4, state: ephemeral}",
        "it is the disk of a replica");
    assertEquals(before, sum(machine, LabMachine.DISK));

    machine.sh("drbdadm up r0");
    String disk = "filesystem: {dev: /dev/ubdb, state: absent}";
    refused(machine, disk, "a DRBD resource has it as its disk");
    String task = "- filesystem: {dev: /dev/drbd1, fstype: ext4}\n";
    Playbook.Run secondary = apply(machine, task);
    assertEquals(2, secondary.exit(), secondary.story());
    assertTrue(secondary.story().contains("r0 is Secondary here"), secondary.story());
    machine.sh("drbdadm primary --force r0");
    Playbook.Run primary = apply(machine, task);
    assertEquals(0, primary.exit(), primary.story());

    refused(
        machine,
        "mount: {path: /sky, src: /dev/drbd1, fstype: ext4, state: mounted}",
        "/dev/drbd1 is a DRBD device");
    refused(machine, "modprobe: {name: drbd, state: absent}", "drbd is in use");
    machine.sh("drbdadm down r0");
  }

  @Test
  @Order(5)
  void whatTheClusterManagesIsLeftToIt(@OnMachine(1) LabMachine machine) {
    machine.sh("mkdir -p /var/lib/pacemaker/cib");
    machine.write(
        "/var/lib/pacemaker/cib/cib.xml",
        """
        <cib><configuration><resources>
          <primitive id="skyfs" class="ocf" provider="heartbeat" type="Filesystem">
            <instance_attributes id="i">
              <nvpair id="n1" name="device" value="/dev/ubdb"/>
              <nvpair id="n2" name="directory" value="/sky"/>
            </instance_attributes>
          </primitive>
          <primitive id="skyexport" class="ocf" provider="heartbeat" type="exportfs">
            <instance_attributes id="j"><nvpair id="n3" name="directory" value="/sky"/></instance_attributes>
          </primitive>
        </resources></configuration></cib>
        """);
    String fstab = machine.sh("cat /etc/fstab");
    refused(
        machine,
        "mount: {path: /sky, src: /dev/sdz, fstype: ext4, state: present}",
        "the cluster's resource skyfs mounts /dev/ubdb at /sky");
    refused(
        machine,
        "nfs_export: {path: /sky, clients: '*(ro)'}",
        "the cluster's resource skyexport exports /sky");
    assertEquals(fstab, machine.sh("cat /etc/fstab"));
    machine.sh("rm /var/lib/pacemaker/cib/cib.xml");
  }

  @Test
  @Order(6)
  void unmountingWhatIsUsedNeedsConsent(@OnMachine(1) LabMachine machine) {
    machine.sh("cd /srv/data; sleep 600 > /dev/null 2>&1 < /dev/null & echo $! > /run/sleeper");
    refused(machine, "mount: {path: /srv/data, state: unmounted}", "which is used by sleep (");
    machine.sh("kill $(cat /run/sleeper); cat /srv/data/file");
    Playbook.Run done = apply(machine, "- mount: {path: /srv/data, state: absent}\n");
    assertEquals(0, done.exit(), done.story());
    assertEquals("", machine.sh("ls -d /srv/data 2> /dev/null; grep /srv/data /etc/fstab || :"));
  }
}
