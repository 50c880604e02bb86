package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that only look: inventory, vars, doc. */
class LookCommandsTest {
  @TempDir Path folder;
  private String inventory;

  @BeforeEach
  void anInventory() throws IOException {
    Path file = folder.resolve("inv.yml");
    Files.writeString(
        file,
        """
        all:
          vars:
            port: 80
          children:
            web:
              vars:
                port: 8080
              hosts:
                w1:
                  port: 9090
                  ansible_password: hush
                w2:
        """);
    inventory = file.toString();
  }

  @Test
  void inventoryShowsGroupsWithTheirHosts() {
    CommandLineRun run = CommandLineRun.of("inventory", "-i", inventory);

    assertEquals("", run.err());
    assertEquals("all:\n  w1\n  w2\nweb:\n  w1\n  w2\n", run.out());
  }

  @Test
  void varsShowsWhatAHostBeginsWithAndNoPassword() {
    CommandLineRun run = CommandLineRun.of("vars", "w1", "-i", inventory);

    assertEquals("", run.err());
    assertEquals("ansible_password: <secret>\nport: 9090\n", run.out());
  }

  @Test
  void varsExplainsTheWinnerFirst() {
    CommandLineRun run = CommandLineRun.of("vars", "w1", "-i", inventory, "--explain", "port");

    assertEquals("", run.err());
    String[] lines = run.out().split("\n");
    assertEquals(3, lines.length, run.out());
    assertTrue(lines[0].startsWith("port: 9090  # host, ") && lines[0].contains(":10:"), lines[0]);
    assertTrue(lines[1].startsWith("  loses: 8080  # group, "), lines[1]);
    assertTrue(lines[2].startsWith("  loses: 80  # group all, "), lines[2]);
  }

  @Test
  void showNeedsACluster() {
    CommandLineRun none = CommandLineRun.of("show", "-i", inventory);
    CommandLineRun other = CommandLineRun.of("show", "pair", "-i", inventory);

    assertEquals(ExitCode.USAGE, none.code());
    assertTrue(none.err().contains("the inventory has no cluster"), none.err());
    assertEquals(ExitCode.INVALID_INPUT, other.code());
    assertTrue(other.err().contains("no cluster is named 'pair'"), other.err());
  }

  @Test
  void anUnknownHostOrVariableIsExit6() {
    CommandLineRun host = CommandLineRun.of("vars", "w11", "-i", inventory);
    CommandLineRun name = CommandLineRun.of("vars", "w2", "-i", inventory, "--explain", "prt");

    assertEquals(ExitCode.INVALID_INPUT, host.code());
    assertTrue(host.err().contains("no host is named 'w11'"), host.err());
    assertEquals(ExitCode.INVALID_INPUT, name.code());
    assertTrue(name.err().contains("did you mean 'port'?"), name.err());
  }

  @Test
  void docDescribesEveryModule() {
    for (String name : AllModules.builtIn().names()) {
      CommandLineRun run = CommandLineRun.of("doc", name);
      assertEquals(ExitCode.OK, run.code(), name + run.err());
      assertTrue(run.out().startsWith(name + ": "), run.out());
    }
    assertFalse(CommandLineRun.of("doc").out().isBlank());
  }
}
