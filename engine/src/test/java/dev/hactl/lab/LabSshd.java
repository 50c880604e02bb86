package dev.hactl.lab;

import dev.hactl.engine.inventory.ConnectionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keys, port and configuration of an sshd on 127.0.0.1. Who starts it decides in which namespaces.
 *
 * @param directory with {@code client}, {@code host}, {@code known_hosts} and {@code sshd_config}
 * @param port free when it was looked for
 */
public record LabSshd(Path directory, int port) {

  /**
   * Writes what it needs.
   *
   * @param wishes lines for the top of its configuration, where they win
   */
  public static LabSshd in(Path directory, List<String> wishes) throws IOException {
    LabPackages.need(Path.of("/usr/sbin/sshd"), "openssh-server");
    for (String key : List.of("host", "client")) {
      LabCommand.run(
          "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory.resolve(key).toString());
    }
    var sshd = new LabSshd(directory, freePort());
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + sshd.port + " " + Files.readString(directory.resolve("host.pub")));
    Files.writeString(directory.resolve("sshd_config"), sshd.config(wishes));
    return sshd;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String config(List<String> wishes) {
    return String.join("\n", wishes)
        + """

        ListenAddress 127.0.0.1
        Port %2$d
        HostKey %1$s/host
        AuthorizedKeysFile %1$s/client.pub
        StrictModes no
        PermitRootLogin yes
        UsePAM no
        UseDNS no
        PrintMotd no
        LoginGraceTime 20
        MaxStartups 200
        LogLevel VERBOSE
        PidFile none
        Subsystem sftp internal-sftp
        """
            .formatted(directory, port);
  }

  /** The words that start it. */
  public List<String> command() {
    return List.of(
        "/usr/sbin/sshd", "-f", directory + "/sshd_config", "-E", directory + "/sshd.log");
  }

  /** Waits until it answers. */
  public void await() {
    Deadline.in(Duration.ofSeconds(60)).await("sshd answers on port " + port, this::answers);
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** How to connect as a user with the lab's key. */
  public ConnectionSettings settings(String user) {
    return new ConnectionSettings(
        "lab",
        ConnectionSettings.Kind.SSH,
        "127.0.0.1",
        Optional.of(port),
        Optional.of(user),
        Optional.empty(),
        Optional.of(directory.resolve("client")),
        Optional.empty(),
        Optional.of(directory.resolve("known_hosts")),
        false,
        Duration.ofSeconds(10));
  }

  /** The host of an inventory that root logs in to, below {@code hosts:}. */
  public String inventory(String name) {
    return """
    %1$s:
      ansible_host: 127.0.0.1
      ansible_port: %3$d
      ansible_user: root
      ansible_ssh_private_key_file: %2$s/client
      ansible_ssh_known_hosts_file: %2$s/known_hosts
    """
        .formatted(name, directory, port);
  }
}
