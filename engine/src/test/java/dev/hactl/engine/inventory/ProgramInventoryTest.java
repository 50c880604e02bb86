package dev.hactl.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Literal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that print inventories. Those that print nonsense are in bad/. */
class ProgramInventoryTest {
  @TempDir private Path folder;
  private final Problems problems = new Problems();

  private Inventory read(String script, Duration limit) throws IOException {
    Path program = folder.resolve("cloud");
    Files.writeString(program, "#!/bin/sh\n" + script);
    assertTrue(program.toFile().setExecutable(true));
    return InventoryReader.read(List.of(program.toString()), List.of(), limit, problems);
  }

  private Inventory read(String script) throws IOException {
    return read(script, Duration.ofSeconds(60));
  }

  private String told() {
    return Sources.brief(problems.all()).replace(folder.resolve("cloud").toString(), "cloud");
  }

  private static Node.Entry entry(Inventory inventory, String host, String name) {
    Group.VarsSource own = inventory.host(host).orElseThrow().vars().getFirst();
    assertTrue(own.data(), "what a program prints is data");
    return own.mapping().entry(name).orElseThrow();
  }

  private static String value(Inventory inventory, String host, String name) {
    return Literal.of(entry(inventory, host, name).value()).show();
  }

  @Test
  void printsGroupsAndTheVariablesOfHosts() throws IOException {
    Inventory read =
        read(
            """
            [ "$*" = --list ] || exit 1
            cat <<'END'
            {
              "_meta": {"hostvars": {
                "db1": {"ansible_host": "192.0.2.1", "text": "a\\u00e9\\n", "ansible_password": "hush"},
                "db2": {}
              }},
              "db": {"hosts": ["db1", "db2"], "vars": {"hactl_cluster": "pair", "port": 1}},
              "web": ["web1"],
              "site": {"children": ["db", "web"], "cluster": "big"},
              "empty": {}
            }
            END
            """);
    assertEquals("", told());
    assertEquals(List.of("db1", "db2", "web1"), read.members("site"));
    assertEquals("pair", read.host("db1").orElseThrow().cluster().orElseThrow());
    assertEquals("big", read.host("web1").orElseThrow().cluster().orElseThrow());
    assertEquals(Set.of("all", "ungrouped", "db", "web", "site", "empty"), read.groups().keySet());
    assertEquals("aé\n", value(read, "db1", "text"));
    assertEquals(
        "cloud --list:3:13",
        entry(read, "db1", "ansible_host")
            .key()
            .place()
            .toString()
            .replace(folder.resolve("cloud").toString(), "cloud"));
  }

  @Test
  void isAskedForEachHostWhereItPrintsNoVariables() throws IOException {
    Inventory read =
        read(
            """
            case $1 in
              --list) echo '{"db": ["db1", "db2", "db3"]}' ;;
              --host) [ "$2" = db3 ] || echo "{\\"me\\": \\"$2\\"}" ;;
            esac
            """);
    assertEquals("", told());
    for (String host : List.of("db1", "db2")) {
      assertEquals(host, value(read, host, "me"));
    }
    assertEquals(List.of(), read.host("db3").orElseThrow().vars());
  }

  @Test
  void whatItPrintsIsDataAndSaysSo() throws IOException {
    Inventory read =
        read(
            """
            echo '{"_meta": {"hostvars": {"db1": {"a": "${b}"}, "db9": {"a": 1}}}, "db": ["db1"]}'
            echo 'be careful' >&2
            """);
    assertEquals("${b}", value(read, "db1", "a"));
    assertEquals(
        """
        cloud --list: warning: the program complains | be careful
        cloud --list:1:38: warning: this value is data: what a program prints is not rendered \
        | put what is to be rendered into group_vars
        cloud --list:1:47: warning: no group of the program has the host 'db9' | did you mean 'db1'?\
        """,
        told());
  }

  @Test
  void isEndedWhenItTakesTooLong() throws IOException {
    long begin = System.nanoTime();
    read("echo waiting for the cloud >&2\nsleep 600 & wait", Duration.ofMillis(500));
    assertEquals(
        "cloud --list: the program did not end within 0.5 s | waiting for the cloud", told());
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 60);
  }

  @Test
  void aTextThatMayBeRunIsNoProgram() throws IOException {
    Path file = folder.resolve("hosts");
    Files.writeString(file, "[db]\ndb1\n");
    assertTrue(file.toFile().setExecutable(true));
    Inventory read = InventoryReader.read(List.of(file.toString()), List.of(), problems);
    assertEquals("", told());
    assertEquals(List.of("db1"), read.members("db"));
  }
}
