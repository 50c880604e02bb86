package dev.hactl.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Literal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several inventories, folders of them, and the variables beside them: who wins. */
class InventoryFolderTest {
  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Inventory read(String sources, String... beside) {
    var problems = new Problems();
    Inventory read =
        InventoryReader.read(
            List.of(sources.split(" ")).stream().map(s -> folder.resolve(s).toString()).toList(),
            List.of(beside).stream().map(folder::resolve).toList(),
            problems);
    assertEquals("", Sources.brief(problems.all()));
    return read;
  }

  /** The value that wins: a host's groups come in rising order, then the host itself. */
  private static String value(Inventory inventory, String host, String name) {
    Host found = inventory.host(host).orElseThrow();
    var sources = new ArrayList<Group.VarsSource>();
    found.groups().forEach(g -> sources.addAll(inventory.groups().get(g).vars()));
    sources.addAll(found.vars());
    return sources.reversed().stream()
        .flatMap(s -> s.mapping().get(name).stream())
        .map(n -> Literal.of(n).show())
        .findFirst()
        .orElse("(nothing)");
  }

  @Test
  void aFolderIsReadInTheOrderOfItsNames() throws IOException {
    write("inv/b-last.yml", "all: {vars: {a: last}, hosts: {h2: }}");
    write("inv/a-first", "[db]\nh1\n[all:vars]\na=first\n");
    write("inv/c/deep.ini", "[deep]\nh3\n");
    for (String ignored :
        List.of(".hidden", "x.bak", "x~", "x.orig", "x.retry", "x.md", "x.cfg", "x.swp")) {
      write("inv/" + ignored, "this is {no inventory");
    }
    write("inv/group_vars/all.yml", "b: of all\n");
    write("inv/host_vars/h3.yml", "c: of h3\n");
    write("inv/c/group_vars/deep.yml", "d: of deep\n");
    Inventory read = read("inv");
    assertEquals("h1 h2 h3", String.join(" ", read.hosts().keySet()));
    assertEquals("last", value(read, "h1", "a"));
    assertEquals("of all", value(read, "h2", "b"));
    assertEquals("of h3", value(read, "h3", "c"));
    assertEquals("of deep", value(read, "h3", "d"));
  }

  @ParameterizedTest
  @CsvSource({
    "one two, two",
    "two one, one",
  })
  void theLaterInventoryWins(String sources, String winner) throws IOException {
    write("one", "[db]\nh a=one\n[db:vars]\nb=one\nansible_group_priority=1\n");
    write("two", "[db]\nh a=two\n[db:vars]\nb=two\n");
    Inventory read = read(sources);
    assertEquals(winner, value(read, "h", "a"));
    assertEquals(winner, value(read, "h", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "a, inventory file",
    "b, inventory group_vars",
    "c, playbook group_vars",
    "d, inventory host_vars",
    "e, playbook host_vars",
    "f, child",
  })
  void whatIsNearerToTheHostWins(String name, String winner) throws IOException {
    write(
        "inv/hosts",
        "[site:children]\ndb\n[db]\nh d=x e=x\n[db:vars]\na='inventory file'\nb=x\nc=x\n");
    write("inv/group_vars/db.yml", "{b: inventory group_vars, c: x, d: x, e: x, f: child}");
    write("play/group_vars/db.yml", "{c: playbook group_vars, d: x, e: x}");
    write("play/group_vars/site.yml", "{f: parent}");
    write("inv/host_vars/h.yml", "{d: inventory host_vars, e: x}");
    write("play/host_vars/h.yml", "{e: playbook host_vars}");
    assertEquals(winner, value(read("inv/hosts", "play"), "h", name));
  }

  @ParameterizedTest
  @CsvSource({
    "db.yml, db.yml",
    "db.yaml, db.yaml",
    "db.json, db.json",
    "db, db",
    "db/main.yml, db/main.yml",
    "db/z.json, db/z.json",
    "db/plain, db/plain",
    "db/deeper/a.yml, db/deeper/a.yml",
    "db.txt, (nothing)",
    "db/a.txt, (nothing)",
    "db/.a.yml, (nothing)",
    "db/a.yml~, (nothing)",
    ".db.yml, (nothing)",
  })
  void variablesStandInFilesOrFolders(String file, String value) throws IOException {
    write("hosts", "[db]\nh\n");
    write("group_vars/" + file, "{\"a\": \"" + file + "\"}");
    assertEquals(value, value(read("hosts"), "h", "a"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, y", // by name
    "2, 1, x",
    "1, 2, y",
    "10, 9, x",
    "-1, 0, y",
  })
  void thePriorityOrdersGroupsOfOneLevel(String x, String y, String winner) throws IOException {
    write(
        "hosts.yml",
        """
        all:
          children:
            x: {hosts: {h: }, vars: {a: x, ansible_group_priority: %s}}
            y: {hosts: {h: }, vars: {a: y, ansible_group_priority: %s}}
        """
            .formatted(x, y));
    Inventory read = read("hosts.yml");
    assertEquals(winner, value(read, "h", "a"));
    assertEquals("(nothing)", value(read, "h", "ansible_group_priority"));
  }

  @Test
  void aPriorityDoesNotLiftAParentOverItsChild() throws IOException {
    write(
        "hosts",
        "[child]\nh\n[child:vars]\na=child\n[parent:children]\nchild\n"
            + "[parent:vars]\na=parent\nansible_group_priority=9\n");
    assertEquals("child", value(read("hosts"), "h", "a"));
  }

  @Test
  void aPatternMayStandInAFile() throws IOException {
    write("hosts", "[db]\ndb[1:3]\n[web]\nweb1\n");
    write("list", "# who\ndb\n!db2\n\nweb1\n");
    Inventory read = read("hosts");
    String list = "@" + folder.resolve("list");
    assertEquals("db1 db3 web1", selected(read, list));
    assertEquals("db1 db3", selected(read, "db:&" + list));
    assertEquals("db2", selected(read, "all:!" + list));
    assertEquals("db2 db3", selected(read, "db,!db1"));
  }

  @Test
  void thisMachineNeedsNoInventory() throws IOException {
    write("hosts", "[db]\ndb1\n");
    write("host_vars/localhost.yml", "a: of localhost\n");
    Inventory read = read("hosts");
    assertEquals("localhost", selected(read, "localhost"));
    assertEquals("db1", selected(read, "all"));
    Host host = read.select("localhost", Place.of("x")).getFirst();
    assertEquals(List.of("all"), host.groups());
    assertEquals(
        "hactl host_vars",
        host.vars().stream().map(Group.VarsSource::scope).collect(Collectors.joining(" ")));
  }

  private static String selected(Inventory inventory, String pattern) {
    return inventory.select(pattern, Place.of("--limit")).stream()
        .map(Host::name)
        .collect(Collectors.joining(" "));
  }
}
