package dev.hactl.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The machine level itself: what every test on machines relies on. */
@WithMachines
class LabMachinesIT {
  private final LabMachine first;
  private final LabMachine second;

  LabMachinesIT(@OnMachine(1) LabMachine first, @OnMachine(2) LabMachine second) {
    this.first = first;
    this.second = second;
  }

  @Test
  void haveTheirOwnKernelWithTheModulesOfAPair() {
    assertEquals("node1 node2", first.sh("hostname").concat(" ").concat(second.sh("hostname")));
    first.sh(
        """
        modprobe drbd && grep -q '^version: 8.4' /proc/drbd
        for module in nfsd ip_vs overlay softdog dm-mod br_netfilter; do modprobe $module; done
        """);
    assertEquals("running", first.sh("systemctl is-system-running --wait"));
    assertEquals(
        "inactive inactive inactive inactive",
        first.sh("echo $(systemctl is-active corosync pacemaker nfs-server docker)"));
  }

  @Test
  void installPackagesWithoutAnyNetwork() {
    first.write("/etc/apt/sources.list.d/lab.list", "deb [trusted=yes] file:/srv/hactl/apt ./\n");
    first.sh("apt-get -q update && apt-get -qy install hactl-hello=1.0");
    assertEquals("hello 1.0", first.sh("hactl-hello"));
  }

  @Test
  void keepBothDisksOverAPowerFailureAndLoseThemByAReset() {
    first.sh("echo kept > /root/kept; mkfs.xfs -q -L kept /dev/ubdb; sync");
    first.off();
    assertFalse(first.isOn());
    assertNotEquals(0, first.exec("true").status());
    assertTrue(second.isOn());
    first.on();
    assertEquals(
        "kept kept", first.sh("echo $(cat /root/kept; blkid -o value -s LABEL /dev/ubdb)"));

    first.snapshot("formatted");
    first.sh("rm /root/kept; wipefs -qa /dev/ubdb; sync");
    first.reset("formatted");
    assertEquals(
        "kept kept", first.sh("echo $(cat /root/kept; blkid -o value -s LABEL /dev/ubdb)"));

    first.reset();
    assertEquals("", first.sh("ls /root; blkid -p /dev/ubdb || test $? = 2"));
  }

  @Test
  void loseTheirLinkButNotTheirSsh() {
    assertTrue(reaches(second.ring0()) && reaches(second.ring1()));
    first.cut(second, 1);
    assertTrue(reaches(second.ring0()));
    assertFalse(reaches(second.ring1()));
    first.cut(second);
    assertFalse(reaches(second.ring0()));
    assertFalse(reaches(second.ring1()));
    assertEquals("there", second.sh("echo there"));
    first.restore(second);
    assertTrue(reaches(second.ring0()) && reaches(second.ring1()));
  }

  /**
   * Frames larger than a packet are what replication sends; a network card that drops them is a
   * hundred times slower.
   */
  @Test
  void carryLargeTransfers() {
    second.write(
        "/root/receive",
        """
        import socket
        server = socket.create_server(("", 9000))
        for _ in range(2):
            connection, total = server.accept()[0], 0
            while data := connection.recv(65536):
                total += len(data)
            connection.sendall(str(total).encode())
            connection.close()
        """);
    second.sh("setsid python3 /root/receive > /root/receive.log 2>&1 < /dev/null &");
    second.await(
        Duration.ofSeconds(60), "the receiver", "ss -Hltn 'sport = 9000' | grep -q LISTEN");
    first.write("/root/large", "x".repeat(20_000_000));
    for (String address : new String[] {second.ring0(), second.ring1()}) {
      String received =
          first.sh(
              """
              timeout 60 python3 -c '
              import socket, sys
              connection = socket.create_connection((sys.argv[1], 9000))
              connection.sendall(open("/root/large", "rb").read())
              connection.shutdown(socket.SHUT_WR)
              print(connection.recv(100).decode())' %s
              """
                  .formatted(address));
      assertEquals("20000000", received);
    }
  }

  private boolean reaches(String address) {
    return first.exec("ping", "-c", "1", "-W", "2", address).status() == 0;
  }

  @Test
  void areFencedByTheirPeer() {
    String fence =
        "fence_hactl_lab --ip=%s --token=%s --plug=%s --action="
            .formatted(first.powerAddress(), first.powerToken(), second.name());
    first.sh(fence + "status");
    String boot = bootOf(second);
    first.sh(fence + "off");
    assertFalse(second.isOn());
    assertEquals(2, first.exec("sh", "-c", fence + "status").status());
    first.sh(fence + "on");
    assertTrue(second.isOn());
    second.awaitSsh(Duration.ofSeconds(120));
    assertNotEquals(boot, bootOf(second));
    assertEquals(
        1,
        first
            .exec(
                "fence_hactl_lab", "--ip=" + first.powerAddress(), "--token=wrong", "-o", "monitor")
            .status());
    assertEquals("fence_hactl_lab", first.sh("stonith_admin -I | grep -x fence_hactl_lab"));
  }

  @Test
  void rebootThemselvesAndAreResetByTheirWatchdog() {
    String boot = bootOf(second);
    second.exec("systemctl", "reboot");
    boot = awaitOtherBoot(boot);
    second.exec(
        "sh", "-c", "modprobe softdog soft_margin=2; udevadm settle; sync; : > /dev/watchdog");
    awaitOtherBoot(boot);
  }

  private String awaitOtherBoot(String boot) {
    Deadline.in(Duration.ofSeconds(180))
        .await(
            "another boot of " + second.name(),
            () ->
                second.exec("grep", "-qvx", boot, "/proc/sys/kernel/random/boot_id").status() == 0);
    return bootOf(second);
  }

  private static String bootOf(LabMachine machine) {
    return machine.sh("cat /proc/sys/kernel/random/boot_id");
  }

  @Test
  void areFrozenAndThawed() {
    second.pause();
    assertFalse(reaches(second.ring0()));
    second.resume();
    second.awaitSsh(Duration.ofSeconds(60));
  }
}
