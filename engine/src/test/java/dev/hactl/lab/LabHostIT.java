package dev.hactl.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabContainers.class)
class LabHostIT {
  @Test
  void debianHostRunsSystemdSshdAndInstallsPackages(LabHost host) {
    assertEquals("running", host.sh("systemctl is-system-running --wait"));
    assertEquals("", host.sh("command -v python3 || true"));
    host.write("/etc/apt/sources.list.d/lab.list", "deb [trusted=yes] file:/srv/hactl/apt ./\n");
    host.sh("apt-get -q update && apt-get -qy install hactl-hello=1.0 hactl-tick");
    assertEquals("hello 1.0", host.sh("hactl-hello"));
    assertEquals("active", host.sh("systemctl is-active hactl-tick"));
    assertEquals("yes", host.sh("runuser -u admin -- sudo -n echo yes"));
    assertNotEquals(0, host.exec("runuser", "-u", "oper", "--", "sudo", "-n", "true").status());
    awaitBanner(host);
  }

  @Test
  void rpmHostInstallsPackages(@OnHost(HostKind.RPM) LabHost host) {
    host.write(
        "/etc/yum.repos.d/lab.repo",
        "[lab]\nname=lab\nbaseurl=file:///srv/hactl/rpm\ngpgcheck=0\n");
    host.sh("yum -qy install hactl-hello-1.0 hactl-tick");
    assertEquals("hello 1.0", host.sh("hactl-hello"));
    host.sh("systemctl enable --now hactl-tick");
    assertEquals("active", host.sh("systemctl is-active hactl-tick"));
  }

  @Test
  void survivesAPowerFailureAndACutCable(@OnHost(name = "breakable") LabHost host) {
    host.sh("echo kept > /etc/kept; echo 192.0.2.1 somewhere >> /etc/hosts");
    host.kill();
    host.start();
    assertEquals("kept", host.sh("cat /etc/kept"));
    assertTrue(host.sh("cat /etc/hosts").contains("somewhere"));
    awaitBanner(host);
    host.cut();
    assertEquals("", banner(host));
    host.restore();
    awaitBanner(host);
  }

  private static void awaitBanner(LabHost host) {
    Deadline.in(Duration.ofSeconds(60))
        .await("sshd to answer on the published port", () -> banner(host).startsWith("SSH-2.0-"));
  }

  private static String banner(LabHost host) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host.address(), host.port()), 1000);
      socket.setSoTimeout(1000);
      return new String(socket.getInputStream().readNBytes(8));
    } catch (IOException e) {
      return "";
    }
  }
}
