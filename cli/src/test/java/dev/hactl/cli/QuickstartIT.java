package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.HostKind;
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.OnHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises: the quickstart on two fresh hosts, by the command line. */
@ExtendWith(LabContainers.class)
class QuickstartIT {
  private static final String PLAYBOOK =
      Path.of("..", "playbooks", "quickstart.yml").toAbsolutePath().normalize().toString();

  @TempDir Path folder;

  @Test
  void planAppliedTwiceDriftedAndRepaired(
      @OnHost(name = "quick") LabHost deb,
      @OnHost(value = HostKind.RPM, name = "quick") LabHost rpm)
      throws IOException {
    String inventory = inventory(deb, rpm);

    ToldEvents plan = told(inventory, "--check", "--diff");
    assertEquals(
        1, deb.exec("test", "-e", "/etc/hactl-tick.conf").status(), "check changes nothing");

    ToldEvents first = told(inventory);
    assertTrue(first.changes().stream().allMatch(n -> n > 0), first::toString);
    for (LabHost host : List.of(deb, rpm)) {
      assertEquals("active", host.sh("systemctl is-active hactl-tick"));
      assertTrue(host.sh("id -nG grace").contains("operators"));
      assertEquals("1", host.sh("cat /proc/sys/net/ipv4/ip_nonlocal_bind"));
    }
    plan.calledNothingOkThatChanged(first);

    ToldEvents second = told(inventory);
    assertEquals(List.of(0, 0), second.changes(), second::toString);

    deb.sh("echo INTERVAL=99 > /etc/hactl-tick.conf; chmod 666 /etc/motd");
    CommandLineRun drift = run(inventory, "--check", "--diff", "--detailed-exitcode");
    assertEquals(ExitCode.PENDING, drift.code(), drift::toString);
    assertTrue(drift.out().contains("-INTERVAL=99"), drift::toString);
    CommandLineRun repair = run(inventory);
    assertEquals(ExitCode.OK, repair.code(), repair::toString);
    assertEquals(List.of(0, 0), told(inventory).changes());
    assertFalse(deb.sh("cat /etc/hactl-tick.conf").contains("99"));
  }

  private CommandLineRun run(String inventory, String... options) {
    var words = new ArrayList<String>(List.of("apply", PLAYBOOK, "-i", inventory, "-v"));
    words.addAll(List.of(options));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private ToldEvents told(String inventory, String... options) {
    return ToldEvents.of(run(inventory, ToldEvents.asked(options)));
  }

  private String inventory(LabHost deb, LabHost rpm) throws IOException {
    String text =
        """
        all:
          children:
            debian:
              hosts:
        %s          lab_address: %s
            rpm:
              hosts:
        %s          lab_address: %s
        """
            .formatted(
                deb.inventoryEntry(8),
                deb.bridgeAddress(),
                rpm.inventoryEntry(8),
                rpm.bridgeAddress());
    return Files.writeString(folder.resolve("inventory.yml"), text).toString();
  }
}
