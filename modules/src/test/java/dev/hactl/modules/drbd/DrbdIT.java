package dev.hactl.modules.drbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.report.Outcome;
import dev.hactl.lab.LabMachine;
import dev.hactl.lab.OnMachine;
import dev.hactl.lab.Proves;
import dev.hactl.lab.WithMachines;
import dev.hactl.modules.contract.Playbook;
import dev.hactl.modules.nodes.Pair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A replicated disk on two real machines: from nothing to in sync, and everything refused. */
@WithMachines
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrbdIT {
  private static final String UP_TO_DATE = "ds:UpToDate/UpToDate";
  @TempDir Path folder;
  private Pair pair;
  private LabMachine one;
  private LabMachine two;

  @BeforeEach
  void know(@OnMachine(1) LabMachine first, @OnMachine(2) LabMachine second) {
    one = first;
    two = second;
    pair = new Pair(folder, first, second);
  }

  private static String task(String more) {
    return """
    - drbd:
        resource: skydata
        device: /dev/drbd1
        disk: /dev/ubdb
        address: {node1: 10.77.1.1, node2: 10.77.1.2}
        disk_options: {c-plan-ahead: 0, resync-rate: 700M}
        %s
    """
        .formatted(more);
  }

  private static final String SKIP = task("initial_sync: skip");

  private static String sum(LabMachine machine) {
    return machine.sh(
        "sync; { head -c 4194304 /dev/ubdb; tail -c 4194304 /dev/ubdb; } | sha256sum");
  }

  private static String state(LabMachine machine) {
    return machine.sh("cat /proc/drbd 2> /dev/null || :");
  }

  /** Nothing of a resource came to be. */
  private void bare() {
    for (LabMachine machine : new LabMachine[] {one, two}) {
      assertEquals(
          "", machine.sh("ls /etc/drbd.d/skydata.res 2> /dev/null; grep ' 1: cs' /proc/drbd || :"));
    }
  }

  @Test
  @Order(1)
  @Proves("S0-19")
  void dataIsNeverOverwrittenWithoutItsName() {
    two.sh("mkfs.ext4 -q -F /dev/ubdb; mkdir -p /mnt/x");
    String uuid = two.sh("blkid -p -o value -s UUID /dev/ubdb");
    String before = sum(two);
    pair.refused(SKIP, "overwrites the file system ext4 with UUID " + uuid);
    pair.refused(SKIP, "consent with 'allow: /dev/ubdb@" + uuid, "disruptive", "/dev/ubdb");
    two.sh("mount /dev/ubdb /mnt/x");
    pair.refused(SKIP, "is in use: it is mounted at /mnt/x", "/dev/ubdb@" + uuid);
    two.sh("umount /mnt/x");
    two.sh("wipefs -q -a /dev/ubdb; printf hello | dd of=/dev/ubdb bs=1 seek=100 2> /dev/null");
    pair.refused(SKIP, "overwrites data that no tool recognises on /dev/ubdb of node2");
    two.sh("head -c 4096 /dev/zero | dd of=/dev/ubdb conv=notrunc 2> /dev/null");
    bare();
    assertTrue(!before.isEmpty());
  }

  @Test
  @Order(2)
  @Proves("S0-19")
  void anotherResourcesReplicaIsLeftAlone() {
    two.sh(
        """
        cat > /etc/drbd.d/other.res <<'X'
        resource other {
          device /dev/drbd7; disk /dev/ubdb; meta-disk internal;
          on node1 { address 10.77.1.1:7799; }
          on node2 { address 10.77.1.2:7799; }
        }
        X
        modprobe drbd; drbdadm create-md --force other > /dev/null 2>&1
        drbdadm up other; drbdadm primary --force other
        echo kept | dd of=/dev/drbd7 conv=fsync 2> /dev/null
        """);
    pair.refused(SKIP, "/dev/ubdb on node2 is the disk of the resource other");
    two.sh("drbdadm secondary other; drbdadm down other; mv /etc/drbd.d/other.res /root/");
    String before = sum(two);
    pair.refused(SKIP, "overwrites a replica's metadata (it was UpToDate), current UUID ");
    pair.refused(SKIP, "a replica's metadata", "disruptive", "/dev/ubdb", "node2:/dev/ubdb");
    assertEquals(before, sum(two));
    bare();
    two.sh("wipefs -q -a /dev/ubdb; head -c 4096 /dev/zero | dd of=/dev/ubdb conv=notrunc");
  }

  @Test
  @Order(3)
  @Proves("S0-20")
  void halfAClusterIsNotEnough() {
    Playbook.Run limited = pair.applyOn("node1", SKIP);
    assertEquals(9, limited.exit(), limited.story());
    assertTrue(limited.story().contains("leaves out node2"), limited.story());
    two.off();
    pair.refused(SKIP, "is changed only when all its members can be observed: node2 (");
    two.on();
    bare();
  }

  @Test
  @Order(4)
  @Proves({"S0-18", "S0-19", "S0-20"})
  void emptyDisksBecomeOneReplicatedDisk() {
    Playbook.Run check = pair.check(SKIP);
    assertTrue(
        check
            .story()
            .contains(
                "create metadata on /dev/ubdb for skydata, write /etc/drbd.d/skydata.res, bring up"
                    + " skydata, declare the empty replicas of skydata equal"),
        check.story());
    bare();
    pair.converges(SKIP);
    assertTrue(state(one).contains(UP_TO_DATE), state(one));
    assertTrue(state(two).contains(UP_TO_DATE), state(two));
    assertEquals(one.sh("cat /etc/drbd.d/skydata.res"), two.sh("cat /etc/drbd.d/skydata.res"));
  }

  @Test
  @Order(5)
  @Proves("S0-20")
  void onlyWhereNobodyIsPrimaryOneBecomesIt() {
    String wanted = task("primary: node1");
    pair.converges(wanted);
    one.sh(
        "mkfs.ext4 -q /dev/drbd1; mkdir -p /sky; mount /dev/drbd1 /sky; echo kept > /sky/file; sync");
    one.sh("umount /sky; drbdadm secondary skydata");
    two.sh("drbdadm primary skydata");
    pair.quiet(wanted);
    assertTrue(state(two).contains("ro:Primary/Secondary"), state(two));
    two.sh("drbdadm secondary skydata");
  }

  /** The role changes hands within the run, and every task finds it where it is then. */
  @Test
  @Order(5)
  void onMeansTheHostsThatHaveTheRoleWhenTheTaskIsReached() {
    Playbook.Run run =
        pair.apply(
            """
            - {name: nobody, command: 'true', on: drbd_primary(skydata), ignore_errors: true}
            - {name: both, command: drbdadm role skydata, on: drbd_secondary(skydata)}
            - {name: promote, command: drbdadm primary skydata, when: inventory_hostname == 'node2'}
            - {name: primary, command: drbdadm role skydata, on: drbd_primary(skydata)}
            - {name: secondary, command: drbdadm role skydata, on: drbd_secondary(skydata)}
            - {name: demote, command: drbdadm secondary skydata, on: drbd_primary(skydata)}
            - {name: promote the other, command: drbdadm primary skydata, when: inventory_hostname == 'node1'}
            - {name: primary now, command: drbdadm role skydata, on: drbd_primary(skydata)}
            - {name: demote it, command: drbdadm secondary skydata, on: drbd_primary(skydata)}
            """);
    assertEquals(0, run.exit(), run.story());
    assertTrue(
        run.story()
            .contains(
                "'drbd_primary(skydata)' names nobody: skydata is Primary nowhere (node1: Secondary,"
                    + " node2: Secondary)"),
        run.story());
    assertEquals(
        "both@node1 both@node2 demote it@node1 demote@node2 primary now@node1 primary@node2 promote the"
            + " other@node1 promote@node2 secondary@node1",
        run.ended().stream()
            .filter(e -> e.outcome() instanceof Outcome.Changed)
            .map(e -> e.task() + "@" + e.host())
            .sorted()
            .collect(Collectors.joining(" ")),
        run.story());
  }

  @Test
  @Order(6)
  void optionsChangeInUseAndAddressesWithConsent() {
    String options =
        task("net: {max-buffers: 8000, shared-secret: hush-hush, cram-hmac-alg: sha1}");
    Playbook.Run run = pair.apply(options);
    assertEquals(0, run.exit(), run.story());
    assertEquals("600", one.sh("stat -c %a /etc/drbd.d/skydata.res"));
    assertTrue(!run.events().toString().contains("hush-hush"));
    pair.quiet(options);
    assertTrue(two.sh("drbdsetup show skydata").contains("8000"));
    String port = options.replace("address:", "port: 7790\n    address:");
    pair.refused(port, "interrupts the replication of skydata");
    pair.converges(port, "disruptive");
    assertTrue(state(one).contains(UP_TO_DATE), state(one));
    pair.converges(SKIP, "disruptive");
  }

  @Test
  @Order(7)
  void whatPacemakerManagesStaysAsPacemakerLeftIt() {
    String cib =
        """
        <cib><configuration><resources><primitive id="sky" class="ocf" provider="linbit" type="drbd">
        <instance_attributes id="i"><nvpair id="n" name="drbd_resource" value="skydata"/></instance_attributes>
        </primitive></resources></configuration></cib>
        """;
    one.sh("drbdadm down skydata");
    for (LabMachine machine : new LabMachine[] {one, two}) {
      machine.sh("mkdir -p /var/lib/pacemaker/cib");
      machine.write("/var/lib/pacemaker/cib/cib.xml", cib);
    }
    pair.quiet(task("primary: node1"));
    assertEquals("down", one.sh("grep -q '1: cs:[^U]' /proc/drbd && echo up || echo down"));
    one.sh("rm /var/lib/pacemaker/cib/cib.xml");
    two.sh("rm /var/lib/pacemaker/cib/cib.xml");
  }

  @Test
  @Order(8)
  void aCrashedPrimaryJoinsAgainAndIsWaitedFor() {
    pair.apply(SKIP);
    one.sh(
        "drbdadm primary skydata; dd if=/dev/urandom of=/dev/drbd1 bs=64k count=64 seek=1000 conv=fsync");
    one.off();
    pair.refused(task("initial_sync: skip\n    net: {max-buffers: 9000}"), "node1 (");
    two.sh(
        "drbdadm primary skydata; dd if=/dev/urandom of=/dev/drbd1 bs=64k count=64 seek=3000 conv=fsync");
    two.sh("drbdadm secondary skydata");
    one.on();
    pair.converges(SKIP);
    assertTrue(state(one).contains(UP_TO_DATE), state(one));
    one.sh("drbdadm primary skydata; mount /dev/drbd1 /sky");
    assertEquals("kept", one.sh("cat /sky/file; umount /sky; drbdadm secondary skydata"));
  }

  @Test
  @Order(9)
  void splitBrainIsToldAndNeverDecided() {
    one.cut(two, 1);
    one.await(Duration.ofSeconds(60), "the loss", "grep -q cs:WFConnection /proc/drbd");
    two.await(Duration.ofSeconds(60), "the loss", "grep -q cs:WFConnection /proc/drbd");
    for (LabMachine machine : new LabMachine[] {one, two}) {
      machine.sh(
          "drbdadm primary skydata; dd if=/dev/urandom of=/dev/drbd1 bs=4k count=9 seek=9000 conv=fsync;"
              + " drbdadm secondary skydata");
    }
    pair.refused(SKIP, "split brain: both replicas of skydata were changed apart from each other");
    one.restore(two);
    one.await(Duration.ofSeconds(60), "the split brain", "grep -q cs:StandAlone /proc/drbd");
    String before = generations();
    pair.refused(SKIP, "a person decides whose data is lost");
    one.sh("drbdadm down skydata");
    two.sh("drbdadm down skydata");
    pair.refused(SKIP, "(down)");
    assertEquals(before, generations());
  }

  /** The lowest bit of an identifier is no part of it. */
  private String generations() {
    String first = "drbdadm get-gi skydata | cut -c 1-15";
    return one.sh(first) + " " + two.sh(first);
  }

  @Test
  @Order(10)
  @Proves("S0-43")
  void aWipedReplicaIsFilledFromTheOther() {
    one.sh("drbdadm up skydata; drbdadm primary skydata --force");
    two.sh(
        "rm /etc/drbd.d/skydata.res; wipefs -q -a /dev/ubdb; head -c 4096 /dev/zero | dd of=/dev/ubdb conv=notrunc");
    String primary = one.sh("drbdadm get-gi skydata | cut -d: -f1");
    Playbook.Run run = pair.applyOn("node2", SKIP);
    assertEquals(0, run.exit(), run.story());
    assertTrue(run.story().contains("create metadata on /dev/ubdb"), run.story());
    assertTrue(state(one).contains("ro:Primary/Secondary " + UP_TO_DATE), state(one));
    assertTrue(!primary.isEmpty());
    pair.quiet(SKIP);
  }

  @Test
  @Order(11)
  @Proves("S0-20")
  void aFullFirstSyncNeedsItsConsentAndIsWaitedFor() {
    undo();
    String full = task("source: node2");
    pair.refused(full, "copies the disk of node2 over that of node1");
    bare();
    Playbook.Run run = pair.apply(full, "skydata@node2");
    assertEquals(0, run.exit(), run.story());
    assertTrue(state(one).contains("ro:Secondary/Secondary " + UP_TO_DATE), state(one));
    pair.quiet(full);
  }

  private void undo() {
    for (LabMachine machine : new LabMachine[] {one, two}) {
      machine.sh("drbdadm secondary skydata; drbdadm down skydata; rm /etc/drbd.d/skydata.res");
      machine.sh("wipefs -q -a /dev/ubdb; head -c 4096 /dev/zero | dd of=/dev/ubdb conv=notrunc");
    }
  }
}
