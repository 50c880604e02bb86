package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Refusals.check;
import static dev.hactl.engine.remote.Refusals.refusal;
import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.out;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.lab.LoopbackHost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An ssh_config is followed, by the ssh command where it asks for more than hactl does itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshConfigIT {
  private LoopbackHost lab;
  @TempDir Path temp;

  @BeforeAll
  void start() {
    lab = LoopbackHost.start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @Test
  void anSshConfigIsFollowedWithItsJumpHost() throws Exception {
    Path config = temp.resolve("config");
    Files.writeString(
        config,
        """
        Host *
          UserKnownHostsFile %1$s/known_hosts
          IdentityFile %1$s/client
          User root
        Host inner
          HostName 127.0.0.1
          Port %2$d
          ProxyJump root@outer
        Host outer
          HostName 127.0.0.1
          Port %2$d
        """
            .formatted(lab.directory(), lab.port()));
    ConnectionSettings settings =
        LabSettings.of(lab.settings()).address("inner").bare().config(config).get();
    try (RemoteHost host = Remote.connect(settings, Shells.RUN)) {
      assertEquals("root\n", out(host.shell(LOGIN), "id -un"));
    }
  }

  @Test
  void aProxyCommandMovesTheConnectionToOpenssh() throws Exception {
    Path config = temp.resolve("proxy");
    Files.writeString(
        config,
        """
        Host inner
          HostName nowhere.invalid
          HostKeyAlias [127.0.0.1]:%2$d
          UserKnownHostsFile %1$s/known_hosts
          IdentityFile %1$s/client
          User root
          ProxyCommand ssh -F none -o UserKnownHostsFile=%1$s/known_hosts -i %1$s/client -p %2$d root@127.0.0.1 -W 127.0.0.1:%2$d
        """
            .formatted(lab.directory(), lab.port()));
    ConnectionSettings settings =
        LabSettings.of(lab.settings()).address("inner").bare().config(config).get();
    try (RemoteHost host = Remote.connect(settings, Shells.RUN)) {
      assertEquals("root\n", out(host.shell(LOGIN), "id -un"));
    }
  }

  @Test
  void aBrokenSshConfigIsNamed() throws Exception {
    Path config = Files.writeString(temp.resolve("broken"), "Nonsense yes\n");
    ConnectionSettings settings = LabSettings.of(lab.settings()).config(config).get();
    check(refusal(settings), UnreachableException.Kind.CONFIGURATION, "Nonsense".toLowerCase());
  }
}
