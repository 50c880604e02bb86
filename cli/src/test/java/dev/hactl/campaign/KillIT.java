package dev.hactl.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.campaign.HostTrial.Undisturbed;
import dev.hactl.lab.Commit;
import dev.hactl.lab.Deadline;
import dev.hactl.lab.HostKind;
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.OnHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sample of {@code lab/campaign} on hosts of its own: the rounds differ with every commit, and a
 * failure names the seed that repeats them.
 */
@ExtendWith(LabContainers.class)
class KillIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @Test
  void whateverHitsTheControllerTheNextRunConverges(
      @OnHost(name = "kills") LabHost debian,
      @OnHost(value = HostKind.RPM, name = "kills") LabHost rpm,
      @TempDir Path folder)
      throws Exception {
    List<Machine> machines = List.of(new Seen(debian), new Seen(rpm));
    Controller.Command command =
        command("playbooks/quickstart.yml", inventory(folder, debian, rpm), folder);
    Undisturbed undisturbed = Undisturbed.ofFreshHosts(machines, command);
    String seed = Commit.name();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed.hashCode());
    Moment killed =
        Moment.insideATransaction(machines.get(random.nextInt(machines.size())), random);
    Moment ended = Moment.insideATransaction(machines.getLast(), random);
    Moment terminated = Moment.insideAStep(machines, random);
    perform(machines, command, undisturbed, seed, Blow.KILL, killed, random);
    perform(machines, command, undisturbed, seed, Blow.INT, ended, random);
    perform(machines, command, undisturbed, seed, Blow.TERM, terminated, random);
  }

  private static void perform(
      List<Machine> machines,
      Controller.Command command,
      Undisturbed undisturbed,
      String seed,
      Blow blow,
      Moment moment,
      RandomGenerator random) {
    Round.Result result =
        new Round(machines, command, undisturbed.reference()).perform(blow, moment, random);
    assertEquals(List.of(), result.failures(), "seed " + seed + ": " + result);
  }

  /** The next run begins while the transaction of the killed one still works. */
  @Test
  void theNextRunWaitsForATransactionThatLostItsController(
      @OnHost(name = "kills") LabHost debian, @TempDir Path folder) throws Exception {
    Machine machine = new Seen(debian);
    debian.sh(
        "echo 'deb [trusted=yes] file:/srv/hactl/apt ./' > /etc/apt/sources.list.d/slow.list;"
            + " apt-get -q update; dpkg --purge hactl-slow");
    Path playbook =
        Files.writeString(
            folder.resolve("slow.yml"),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - apt:
                    name: hactl-slow
            """);
    Path inventory =
        Files.writeString(folder.resolve("one.yml"), "all:\n  hosts:\n" + debian.inventoryEntry(4));
    Controller.Command command = command(playbook.toString(), inventory, folder);
    Controller first = command.start();
    Watch.Caught step = Watch.step(machine, 1, "*apt-get*install*", first::running).orElseThrow();
    step.go();
    first.signal("KILL");
    first.await();

    Controller.Ended next = command.start().await();

    assertEquals(0, next.exit(), next.tail());
    assertTrue(!next.saying("went on by itself and ended well").isEmpty(), next.tail());
    assertEquals("ii", debian.sh("dpkg-query -W -f '${db:Status-Abbrev}' hactl-slow").strip());
    // The shell of the run that ended takes its folder away when it notices that nobody is there.
    Deadline.in(Duration.ofSeconds(10))
        .await(
            "nothing to be left on the host",
            () ->
                debian
                    .sh("ls -d /run/hactl/*/* /var/lib/hactl/intents/* 2>/dev/null; exit 0")
                    .isBlank());
    debian.sh("dpkg --purge hactl-slow; rm /etc/apt/sources.list.d/slow.list");
  }

  private static Controller.Command command(String playbook, Path inventory, Path folder) {
    return new Controller.Command(
        REPOSITORY.resolve("hactl"),
        REPOSITORY.resolve(playbook),
        List.of(inventory),
        folder,
        Duration.ofMinutes(5));
  }

  private static Path inventory(Path folder, LabHost debian, LabHost rpm) throws IOException {
    var text = new StringBuilder("all:\n  children:\n");
    for (LabHost host : List.of(debian, rpm)) {
      text.append("    ").append(host.kind().label()).append(":\n      hosts:\n");
      text.append(host.inventoryEntry(8));
      text.append("          lab_address: ").append(host.bridgeAddress()).append('\n');
    }
    return Files.writeString(folder.resolve("inventory.yml"), text);
  }
}
