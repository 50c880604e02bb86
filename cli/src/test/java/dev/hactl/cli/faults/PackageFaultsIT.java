package dev.hactl.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.lab.Deadline;
import dev.hactl.lab.HostKind;
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.LoopbackProxy;
import dev.hactl.lab.OnHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Package transactions that shake the ground they stand on, and links that are lost meanwhile. */
@ExtendWith(LabContainers.class)
class PackageFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Its scriptlet restarts what the transaction's own process lives under. */
  private static final String RESTARTING =
      """
      printf '%s\\n' 'Name: hactl-restarting' 'Version: 1' 'Release: 1' 'Summary: x' 'License: x' \
        'BuildArch: noarch' '%description' 'x' '%post' 'systemctl daemon-reexec' \
        'systemctl restart ssh' '%files' >/tmp/restarting.spec
      rpmbuild --quiet -bb --define '_rpmdir /tmp' --define '_topdir /tmp/build' \
        --define '_build_name_fmt restarting.rpm' /tmp/restarting.spec
      """;

  /** Its script says when it began and waits to be told to end. */
  private static final String WAITING =
      """
      mkdir -p /tmp/waiting/DEBIAN; rm -f /tmp/begun /tmp/end; cd /tmp
      printf '%s\\n' 'Package: hactl-waiting' 'Version: 1' 'Architecture: all' 'Maintainer: x' \
        'Description: x' >waiting/DEBIAN/control
      printf '%s\\n' '#!/bin/sh' 'echo x >>/tmp/begun' \
        'until [ -e /tmp/end ]; do sleep 0.1; done' >waiting/DEBIAN/postinst
      chmod 755 waiting/DEBIAN/postinst; dpkg-deb -b --root-owner-group waiting waiting.deb
      dpkg -P hactl-waiting 2>/dev/null || :
      """;

  @TempDir private Path temp;

  @Test
  void aPackageMayRestartWhatItRunsUnder(
      @OnHost(value = HostKind.RPM, name = "faults") LabHost host) {
    host.sh(RESTARTING);
    for (int i = 0; i < 3; i++) {
      host.sh("rpm -e hactl-restarting 2>/dev/null; :");
      Site site =
          Site.in(temp)
              .host("r1", host.connection())
              .tasks("", "- dnf: {name: /tmp/restarting.rpm, disable_gpg_check: true}");
      site.apply().converged("r1", 1, 1);
      site.apply().converged("r1", 1, 0);
    }
  }

  @Test
  void aTransactionIsWaitedForWhenTheLinkIsLost(@OnHost(name = "faults") LabHost host)
      throws Exception {
    host.sh(WAITING);
    try (LoopbackProxy proxy = LoopbackProxy.to(host.port())) {
      Path known = temp.resolve("known");
      Files.writeString(
          known,
          Files.readString(host.knownHosts()).replace(":" + host.port(), ":" + proxy.port()));
      Site site =
          Site.in(temp)
              .host(
                  "d1",
                  host.connection(),
                  "ansible_port: " + proxy.port(),
                  "ansible_ssh_known_hosts_file: " + known)
              .tasks("", "- apt: {deb: /tmp/waiting.deb}\n- command: touch /tmp/after");
      CompletableFuture<Told> run = CompletableFuture.supplyAsync(() -> site.apply());
      Deadline.in(SOON)
          .await(
              "the transaction to begin",
              () -> run.isDone() || host.exec("test", "-e", "/tmp/begun").status() == 0);
      proxy.cut();
      host.sh("touch /tmp/end");
      run.get()
          .converged("d1", 2, 2)
          .says("note: [d1]: the connection was lost inside '", "connected again");
      assertEquals("x", host.sh("cat /tmp/begun"), "the transaction ran once");
      site.apply().counts("d1", "ok=2 changed=1");
    }
  }
}
