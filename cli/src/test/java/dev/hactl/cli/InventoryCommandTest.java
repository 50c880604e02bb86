package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hactl inventory} in all its forms. */
class InventoryCommandTest {
  @TempDir Path folder;
  private String inventory;

  @BeforeEach
  void anInventory() throws IOException {
    inventory =
        write(
            "hosts",
            """
            lone
            [db]
            db[1:2] ansible_password=hush list="[1, None, {'a': True}]" text="${vip} é"
            2001:db8::1
            [db:vars]
            hactl_cluster=pair
            vip=192.0.2.9
            [web]
            web1 vip=other
            [site:children]
            db
            web
            [other:children]
            db
            [void]
            """);
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file.toString();
  }

  private static String out(String... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals("", run.err());
    assertEquals(ExitCode.OK, run.code());
    return run.out();
  }

  @Test
  void aProgramThatPrintsTheListIsTheSameInventory() throws IOException {
    String list = out("inventory", "-i", inventory, "--list");
    String program = write("program", "#!/bin/sh\ncat <<'END'\n" + list + "\nEND\n");
    assertTrue(Path.of(program).toFile().setExecutable(true));
    CommandLineRun again = CommandLineRun.of("inventory", "-i", program, "--list");

    assertEquals(JSON.std.mapFrom(list), JSON.std.mapFrom(again.out()));
    assertTrue(again.err().contains("this value is data"), again.err());
  }

  @Test
  void theListInYamlIsTheSameInventory() throws IOException {
    String list = out("inventory", "-i", inventory, "--list");
    String yaml = write("again.yml", out("inventory", "-i", inventory, "--list", "--yaml"));

    assertEquals(JSON.std.mapFrom(list), JSON.std.mapFrom(out("inventory", "-i", yaml, "--list")));
  }

  @Test
  void theListHasTheFormOfAnsible() throws IOException {
    Map<String, Object> list = JSON.std.mapFrom(out("inventory", "-i", inventory, "--list"));

    assertEquals(
        Map.of("children", List.of("ungrouped", "site", "other", "void")), list.get("all"));
    assertEquals(Map.of("hosts", List.of("lone")), list.get("ungrouped"));
    assertEquals(
        Map.of("hosts", List.of("db1", "db2", "2001:db8::1"), "cluster", "pair"), list.get("db"));
    assertFalse(list.containsKey("void"));
    assertFalse(list.toString().contains("hush"));
  }

  @Test
  void aHostHasTheVariablesOfItsGroupsAndNoSecrets() throws IOException {
    assertEquals(
        Map.of("vip", "other"),
        JSON.std.mapFrom(out("inventory", "-i", inventory, "--host", "web1")));
    assertEquals(
        "ansible_password: \"<secret>\"\nlist: [1,null,{\"a\":true}]\n"
            + "text: \"${vip} é\"\nvip: \"192.0.2.9\"\n",
        out("inventory", "-i", inventory, "--host", "db1", "--yaml"));
  }

  @Test
  void theGraphIsDrawnAsAnsibleDrawsIt() {
    assertEquals(
        """
        @all:
          |--@ungrouped:
          |  |--lone
          |--@site:
          |  |--@db: (cluster pair)
          |  |  |--2001:db8::1
          |  |  |--db1
          |  |  |--db2
          |  |--@web:
          |  |  |--web1
          |--@other:
          |  |--@db: (cluster pair)
          |  |  |--2001:db8::1
          |  |  |--db1
          |  |  |--db2
          |--@void:
        """,
        out("inventory", "-i", inventory, "--graph"));
    assertEquals(
        "@web:\n  |--web1\n  |  |--{vip = \"other\"}\n",
        out("inventory", "-i", inventory, "--graph", "--vars", "web"));
  }

  @Test
  void theFolderOfAPlaybookIsReadWhenItIsNamed() throws IOException {
    write("play/group_vars/web.yml", "port: 80");
    String playbooks = folder.resolve("play").toString();

    assertEquals(
        Map.of("vip", "other", "port", 80),
        JSON.std.mapFrom(
            out("inventory", "-i", inventory, "--host", "web1", "--playbook-dir", playbooks)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "--graph --list; USAGE; which of --graph and --list?",
        "--vars; USAGE; --vars goes with --graph",
        "--graph --yaml; USAGE; --yaml goes with --list or --host",
        "web; USAGE; a group is named with --graph",
        "--graph wbe; INVALID_INPUT; did you mean 'web'?",
        "--host web11; INVALID_INPUT; did you mean 'web1'",
        "--host web; INVALID_INPUT; 'web' is a group, a host is wanted",
        "--limit wbe; INVALID_INPUT; did you mean 'web'",
      })
  void whatCannotBeIsRefused(String words, ExitCode code, String message) {
    CommandLineRun run = CommandLineRun.of(("inventory -i " + inventory + " " + words).split(" "));

    assertEquals(code, run.code());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }
}
