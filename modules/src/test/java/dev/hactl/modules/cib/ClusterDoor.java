package dev.hactl.modules.cib;

import dev.hactl.lab.Deadline;
import dev.hactl.lab.LoopbackHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A way into a cluster of one node by SSH, as hactl goes: an sshd on 127.0.0.1 of the machine whose
 * sessions are led into the cluster's network. It ends with the cluster.
 */
final class ClusterDoor {
  private final Path dir;
  private final int port;

  private ClusterDoor(Path dir, int port) {
    this.dir = dir;
    this.port = port;
  }

  /** Opens it. */
  static ClusterDoor of(OneNodeCluster cluster, Path dir) throws IOException, InterruptedException {
    LoopbackHost.builder().program("/usr/sbin/sshd", "openssh-server");
    for (String key : List.of("host", "client")) {
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", dir.resolve(key).toString());
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.writeString(
        dir.resolve("known_hosts"),
        "[127.0.0.1]:" + port + " " + Files.readString(dir.resolve("host.pub")));
    Files.writeString(
        dir.resolve("sshd_config"),
        """
        ListenAddress 127.0.0.1
        Port %2$d
        HostKey %1$s/host
        AuthorizedKeysFile %1$s/client.pub
        StrictModes no
        PermitRootLogin yes
        UsePAM no
        UseDNS no
        MaxStartups 200
        PidFile none
        ForceCommand exec nsenter --net=/proc/1/ns/net /bin/sh -c "${SSH_ORIGINAL_COMMAND:-/bin/sh}"
        """
            .formatted(dir, port));
    var _ =
        new ProcessBuilder(
                cluster.inside(
                    false,
                    "/usr/sbin/sshd",
                    "-D",
                    "-f",
                    dir.resolve("sshd_config").toString(),
                    "-E",
                    dir.resolve("sshd.log").toString()))
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("sshd.out").toFile())
            .start();
    Deadline.in(Duration.ofSeconds(60)).await("the door is open", () -> answers(port));
    return new ClusterDoor(dir, port);
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException(String.join(" ", command));
    }
  }

  /** An inventory with a cluster of this one node. */
  String inventory() {
    return """
    lonely:
      cluster: lonely
      hosts:
        lonely:
          ansible_host: 127.0.0.1
          ansible_port: %2$d
          ansible_user: root
          ansible_ssh_private_key_file: %1$s/client
          ansible_ssh_known_hosts_file: %1$s/known_hosts
    """
        .formatted(dir, port);
  }
}
