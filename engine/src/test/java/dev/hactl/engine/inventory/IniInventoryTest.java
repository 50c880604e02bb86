package dev.hactl.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Literal;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ansible's INI form. The types of values were compared with those that ansible-inventory 2.14
 * prints. What is refused is in bad/.
 */
class IniInventoryTest {
  @TempDir private Path folder;

  private Inventory read(String text) throws IOException {
    Path file = folder.resolve("hosts");
    Files.writeString(file, text);
    var problems = new Problems();
    Inventory read = InventoryReader.read(List.of(file.toString()), List.of(), problems);
    assertEquals("", Sources.brief(problems.all()));
    return read;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "5; number 5",
        "-4; number -4",
        "0x10; number 16",
        "0o17; number 15",
        "0b101; number 5",
        "1_000; number 1000",
        "00; number 0",
        "1.50; number 1.5",
        ".5; number 0.5",
        "1e3; number 1000",
        "5 # five; number 5",
        "0644; text 0644",
        "007; text 007",
        "10.0.0.1; text 10.0.0.1",
        "2024-11-12; text 2024-11-12",
        "1-2; text 1-2",
        "1j; text 1j",
        "12ab; text 12ab",
        "True; boolean true",
        "False; boolean false",
        "true; text true",
        "yes; text yes",
        "None; nothing null",
        "null; text null",
        "plain words; text plain words",
        "a=b; text a=b",
        "'quoted'; text quoted",
        "\"quoted # text\"; text quoted # text",
        "\"a\\tb\\x41\\u00e9\\101\"; text a\tbAéA",
        "'a' 'b'; text ab",
        "''; text",
        "\"open; text \"open",
        "[]; list []",
        "[1, 'a', None,]; list [1, a, null]",
        "80,443; list [80, 443]",
        "80,; list [80]",
        "(1, 2); list [1, 2]",
        "(1); number 1",
        "(); list []",
        "{'a': [1, {'b': True}], 2: 3}; mapping {a: [1, {b: true}], 2: 3}",
        "{}; mapping {}",
        "{1, 2}; text {1, 2}",
        "[a, b]; text [a, b]",
        "[1; text [1",
        "{'a'}; text {'a'}",
        "b'bytes'; text b'bytes'",
      })
  void valuesHaveTheTypesThatPythonGivesThem(String written, String typed) {
    Node node =
        PythonLiteral.parse(written, Place.of("x"))
            .orElse(new Node.Scalar(written, Node.Kind.TEXT, true, "", Place.of("x")));
    Value value = Literal.of(node);
    assertEquals(typed, (Value.describe(value) + " " + value.show()).strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "db1; db1",
        "db[1:3]; db1 db2 db3",
        "db[01:03]; db01 db02 db03",
        "db[08:11]; db08 db09 db10 db11",
        "www[01:10:4]; www01 www05 www09",
        "db-[a:c].example.com; db-a.example.com db-b.example.com db-c.example.com",
        "r[1:2]n[a:b]; r1na r1nb r2na r2nb",
        "[1:2]; 1 2",
        "[:2]; 0 1 2",
        "db1:2222; db1 port 2222",
        "db[1:2]:2222; db1 db2 port 2222",
        "10.0.0.[1:2]; 10.0.0.1 10.0.0.2",
        "2001:db8::1; 2001:db8::1",
        "2001:db8::[1:2]; 2001:db8::1 2001:db8::2",
        "[2001:db8::1]:22; 2001:db8::1 port 22",
        "[2001:db8::1]; 2001:db8::1",
        "fe80::1%eth0; fe80::1%eth0",
      })
  void wordsNameHosts(String word, String hosts) {
    HostWord read = HostWord.read(word, Place.of("x"));
    String port = read.port().map(p -> " port " + p).orElse("");
    assertEquals(hosts, String.join(" ", read.names()) + port);
  }

  @Test
  void sectionsMakeGroupsHostsAndVariables() throws IOException {
    Inventory read =
        read(
            """
            # before any section
            lone ansible_host='192.0.2.1' note="a b" path=a\\ b  # a comment
            ; another comment

            [db]   # with a comment
            db[1:2]:2222 role=db list="[1, 2]"
            db1 extra=yes

            [web]
            lone2

            [site:children]
            db
            web # and a comment

            [site:vars]
            a = b=c d
            [db:vars]
            hactl_cluster = pair
            mode=0644
            [unused]
            """);
    assertEquals("lone, db1, db2, lone2", String.join(", ", read.hosts().keySet()));
    assertEquals("all, ungrouped", String.join(", ", groups(read, "lone")));
    assertEquals("all, site, db", String.join(", ", groups(read, "db2")));
    assertEquals("pair", read.host("db1").orElseThrow().cluster().orElseThrow());
    assertEquals(
        "ansible_host=192.0.2.1 note=a b path=a b", vars(read.host("lone").orElseThrow().vars()));
    assertEquals(
        "ansible_port=2222 role=db list=[1, 2] extra=yes",
        vars(read.host("db1").orElseThrow().vars()));
    assertEquals("a=b=c d", vars(read.groups().get("site").vars()));
    assertEquals("mode=0644", vars(read.groups().get("db").vars()));
    assertEquals(List.of(), read.members("unused"));
  }

  @Test
  void valuesKnowWhereTheyStand() throws IOException {
    Inventory read = read("[db]\n  db1  a=1 b=\"two\"\n[db:vars]\nc =  [1, 2]\n");
    assertEquals(
        "2:8 a 2:10, 2:12 b 2:14",
        places(read.host("db1").orElseThrow().vars().getFirst().mapping()));
    assertEquals("4:1 c 4:6", places(read.groups().get("db").vars().getFirst().mapping()));
  }

  @Test
  void aMessageQuotesNoPassword() throws IOException {
    Path file = folder.resolve("hosts");
    Files.writeString(
        file,
        """
        db1 ansible_password=hush ansible_become_pass='hu sh' a-b=1
        [all:vars]
        ansible_ssh_pass = hush x
        a b
        """);
    var problems = new Problems();
    InventoryReader.read(List.of(file.toString()), List.of(), problems);
    String quoted = problems.all().getFirst().render();
    assertTrue(
        quoted.contains("db1 ansible_password=**** ansible_become_pass=******* a-b=1"), quoted);
    assertFalse(
        problems.all().getFirst().place().file().text().contains("hu"), "hidden everywhere");
  }

  @Test
  void aSectionMayBelongToAGroupOfAnotherSource() throws IOException {
    Path vars = folder.resolve("vars");
    Files.writeString(vars, "[db:vars]\na=1\n[site:children]\ndb\n");
    Path hosts = folder.resolve("hosts.yml");
    Files.writeString(hosts, "db: {hosts: {db1: }}\n");
    var problems = new Problems();
    Inventory read =
        InventoryReader.read(List.of(vars.toString(), hosts.toString()), List.of(), problems);
    assertEquals("", Sources.brief(problems.all()));
    assertEquals("all, site, db", String.join(", ", groups(read, "db1")));
  }

  /** Whatever a file holds, it is read or refused, and every host that was read can be named. */
  @Test
  void noTextIsADefect() {
    String[] bits =
        ("[ ] : = # ' \" \\ { } ( ) , ~ ! & * ? - . @ % db 1 0 0x e _ a :: fe80 vars children True é")
            .split(" ");
    var random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        String bit = bits[random.nextInt(bits.length)];
        text.append(
            switch (random.nextInt(12)) {
              case 0 -> "\n";
              case 1 -> " ";
              case 2 -> "\n[db]\n";
              case 3 -> "\n[db:vars]\nx=";
              default -> bit;
            });
      }
      var problems = new Problems();
      var drafts = new Drafts(problems);
      IniInventory.read(text.toString(), new SourceFile("x", text.toString()), drafts, problems);
      Inventory read = drafts.finish(List.of());
      problems.all().forEach(Problem::render);
      for (String host : read.hosts().keySet()) {
        assertTrue(
            read.groups().containsKey(host) || read.select(host, Place.of("x")).size() == 1,
            text::toString);
      }
      try {
        read.select(text.toString(), Place.of("x"));
      } catch (SourceException refused) {
        assertFalse(refused.problems().isEmpty());
      }
    }
  }

  private static List<String> groups(Inventory inventory, String host) {
    return inventory.host(host).orElseThrow().groups();
  }

  private static String vars(List<Group.VarsSource> sources) {
    return sources.stream()
        .flatMap(s -> s.mapping().entries().stream())
        .map(e -> e.name() + "=" + Literal.of(e.value()).show())
        .collect(Collectors.joining(" "));
  }

  private static String places(Node.Mapping mapping) {
    return mapping.entries().stream()
        .map(e -> place(e.key().place()) + " " + e.name() + " " + place(e.value().place()))
        .collect(Collectors.joining(", "));
  }

  private static String place(Place place) {
    return place.line() + ":" + place.column();
  }
}
