package dev.hactl.cli.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hactl.cli.ExitCode;
import dev.hactl.lab.LoopbackHost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hosts that cannot be reached, or where sudo refuses: the run ends with exit code 4 before the
 * first change, and one message says which host, why and what to do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginFaultsIT {
  @TempDir private static Path temp;
  private LoopbackHost lab;

  /**
   * A way that is barred.
   *
   * @param variables connection variables of the host
   * @param says words of the message
   */
  record Fault(String name, List<String> variables, String play, List<String> says) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .user("asked", "/bin/sh", "right")
            .user("outsider", "/bin/sh", "right")
            .sudoers("Defaults !lecture")
            .sudoers("asked ALL=(ALL) ALL")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  static Stream<Fault> faults() throws Exception {
    Path key = temp.resolve("stranger");
    new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
        .start()
        .waitFor();
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    Path empty = Files.createFile(temp.resolve("empty"));
    return Stream.of(
        new Fault(
            "wrong key",
            List.of("ansible_ssh_private_key_file: " + key),
            "",
            List.of("login as root@127.0.0.1 port ", " was refused; tried key " + key)),
        new Fault(
            "unknown host key",
            List.of("ansible_ssh_known_hosts_file: " + empty),
            "",
            List.of("is not in " + empty, "SHA256:", "run again with --accept-new-host-keys")),
        new Fault(
            "changed host key",
            List.of("ansible_ssh_known_hosts_file: " + temp.resolve("changed")),
            "",
            List.of("another host key", "SHA256:", "ssh-keygen -f ", " -R '[127.0.0.1]:")),
        new Fault(
            "refused connection",
            List.of("ansible_port: " + unused),
            "",
            List.of("127.0.0.1 port " + unused, "is sshd running")),
        new Fault(
            "wrong sudo password",
            List.of("ansible_user: asked", "ansible_become_password: wrong"),
            "become: true",
            List.of("cannot become root: sudo does not accept the password")),
        new Fault(
            "no sudo password",
            List.of("ansible_user: asked"),
            "become: true",
            List.of("none was given (ansible_become_password, or -K)")),
        new Fault(
            "no right to sudo",
            List.of("ansible_user: outsider", "ansible_become_password: right"),
            "become: true",
            List.of("cannot become root: sudo ")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isSaidOnceBeforeAnyChange(Fault fault) throws Exception {
    String other = Files.readString(temp.resolve("stranger.pub"));
    Files.writeString(temp.resolve("changed"), "[127.0.0.1]:" + lab.port() + " " + other);
    Path made = temp.resolve("made");
    Told told =
        Site.in(temp)
            .host("db1", lab.settings(), fault.variables().toArray(String[]::new))
            .tasks(fault.play(), "- command: touch " + made)
            .apply();
    told.complains(ExitCode.UNREACHABLE, fault.says().toArray(String[]::new))
        .says("fatal: [db1]: UNREACHABLE! => db1: ")
        .counts("db1", "unreachable=1");
    assertFalse(Files.exists(made));
    assertFalse(told.text().contains("wrong"), "a password is not repeated");
  }
}
