package dev.hactl.cli;

import dev.hactl.campaign.Controller;
import dev.hactl.campaign.Machine;
import dev.hactl.campaign.Seen;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.LabMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The pair that {@code playbooks/site.yml} makes of two of the lab's machines. */
final class SitePair {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final String VIP = "10.77.0.100";
  private final LabMachine one;
  private final LabMachine two;
  private final List<String> inventories;

  /** What the two nodes replicate. */
  enum Disk {
    /** Image files, with ext4. */
    IMAGE,
    /** Logical volumes, with XFS. */
    VOLUMES
  }

  SitePair(Path folder, LabMachine one, LabMachine two, Disk disk) throws IOException {
    this.one = one;
    this.two = two;
    String text =
        """
        all:
          vars:
            lab_vip: %s
            lab_fence_ip: %s
            lab_fence_token: %s
          children:
            machines:
              cluster: pair
              hosts:
        %s%s
        """
            .formatted(
                VIP,
                one.powerAddress(),
                one.powerToken(),
                one.inventoryEntry(8),
                two.inventoryEntry(8));
    String machines = Files.writeString(folder.resolve("inventory.yml"), text).toString();
    inventories =
        switch (disk) {
          case IMAGE -> List.of(machines, at("lab", "pair.yml"));
          case VOLUMES -> List.of(machines, at("lab", "pair.yml"), at("lab", "volumes.yml"));
        };
  }

  /** Applies a playbook of this repository. */
  CommandLineRun run(String playbook, String... options) {
    var words = new ArrayList<String>(List.of("apply", at("playbooks", playbook)));
    inventories.forEach(i -> words.addAll(List.of("-i", i)));
    words.add("-v");
    words.addAll(List.of(options));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  /** The same, with what it told; it has to end well. */
  ToldEvents told(String playbook, String... options) {
    return ToldEvents.of(run(playbook, ToldEvents.asked(options)));
  }

  private static String at(String folder, String file) {
    return HOUSE.resolve(folder).resolve(file).toString();
  }

  /** The same in a process of its own, which can be killed. */
  Controller.Command command(Path folder, String playbook) {
    return new Controller.Command(
        HOUSE.resolve("hactl"),
        Path.of(at("playbooks", playbook)),
        inventories.stream().map(Path::of).toList(),
        folder,
        Duration.ofMinutes(30));
  }

  /** Both, as the campaign looks at them. */
  List<Machine> machines() {
    return List.of(new Seen(one), new Seen(two));
  }

  /** The page at the virtual address. */
  LabHost.Result page() {
    return one.client("curl", "--silent", "--show-error", "--max-time", "5", "http://" + VIP + "/");
  }

  /** Asks for the page until it comes. */
  LabHost.Result pageWithin(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    LabHost.Result page = page();
    while (page.status() != 0 && System.nanoTime() < end) {
      page = page();
    }
    return page;
  }

  /** The node that has the virtual address. */
  LabMachine active() {
    for (LabMachine machine : List.of(one, two)) {
      if (machine.isOn()
          && machine.exec("sh", "-c", "ip -o address | grep -q ' " + VIP + "/'").status() == 0) {
        return machine;
      }
    }
    throw new AssertionError("no machine has " + VIP);
  }

  /** Waits until both replicas are in sync, DRBD forbids nobody to be Primary, and all is quiet. */
  void inSync(Duration patience) {
    one.await(
        patience,
        "both replicas in sync and the cluster at rest",
        "grep -q 'cs:Connected.*ds:UpToDate/UpToDate' /proc/drbd"
            + " && ! cibadmin --query --scope constraints | grep -q drbd-fence"
            + " && [ $(crm_mon --as-xml | grep -c '<node [^>]*online=\"true\" standby=\"false\"') = 2 ]"
            + " && crmadmin --quiet --status $(crmadmin --quiet --dc_lookup) | grep -q S_IDLE");
  }
}
