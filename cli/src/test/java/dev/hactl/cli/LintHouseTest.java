package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hactl lint} over the playbooks and inventories of this repository finds nothing. */
class LintHouseTest {
  private static final Path HOUSE = Path.of("..");

  /** As lab/up --machines writes it. */
  private static final String MACHINES =
      """
      all:
        vars:
          ansible_host: 127.0.0.1
          ansible_user: root
          lab_disk: /dev/ubdb
          lab_vip: 10.77.0.100
          lab_fence_ip: 10.77.0.254
          # hactl:ignore plain-secret it opens nothing but the power of two throw-away machines
          lab_fence_token: 0123456789abcdef
        children:
          machines:
            cluster: pair
            hosts:
              node1: {ansible_port: 1, lab_address: 10.77.0.1, lab_ring1: 10.77.1.1}
              node2: {ansible_port: 2, lab_address: 10.77.0.2, lab_ring1: 10.77.1.2}
      """;

  /** As lab/up writes it. */
  private static final String HOSTS =
      """
      all:
        children:
          debian: {hosts: {deb1: {lab_address: 192.0.2.1}}}
          rpm: {hosts: {rpm1: {lab_address: 192.0.2.2}}}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "site.yml, inventory.example.yml",
    "switchover.yml, inventory.example.yml",
    "reinstall-slave.yml, inventory.example.yml",
    "site.yml, machines lab/pair.yml",
    "switchover.yml, machines lab/pair.yml",
    "reinstall-slave.yml, machines lab/pair.yml",
    "site.yml, machines lab/pair.yml lab/volumes.yml",
    "quickstart.yml, hosts",
    "quickstart-local.yml, 'localhost,'",
  })
  void findsNothing(String playbook, String inventories) throws IOException {
    Files.writeString(folder.resolve("machines"), MACHINES);
    Files.writeString(folder.resolve("hosts"), HOSTS);
    var words = new ArrayList<>(List.of("lint", HOUSE.resolve("playbooks") + "/" + playbook));
    words.addAll(List.of("-e", "folder=/srv/hactl-demo"));
    for (String inventory : inventories.split(" ")) {
      Path here = folder.resolve(inventory);
      Path file = Files.exists(here) ? here : HOUSE.resolve(inventory);
      words.addAll(List.of("-i", Files.exists(file) ? file.toString() : inventory));
    }
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertEquals("", run.err());
    assertEquals("nothing found\n", run.out());
    assertEquals(ExitCode.OK, run.code());
  }

  @Test
  void everyPlaybookIsAmongThem() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/hactl/cli/LintHouseTest.java"));
    for (String folder : List.of("playbooks", "lab")) {
      try (Stream<Path> files = Files.list(HOUSE.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yml")).toList()) {
          assertTrue(source.contains(file.getFileName().toString()), file::toString);
        }
      }
    }
  }
}
