package dev.hactl.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts, groups, clusters, and who a pattern names. What is refused is in bad/. */
class InventoryReaderTest {
  private static final String PAIRS =
      """
      all:
        vars: {a: all}
        hosts:
          lone: {a: host}
        children:
          site:
            vars: {a: site}
            children:
              db:
                cluster: skyha
                hosts:
                  db1:
                  db2:
              web:
                hosts: {web1: , web2: {a: inline}}
          later:
            children: {db: }
            hosts: {web1: {b: again}}
          swapped:
            hosts: {web2: , web1: }
          six:
            hosts: {"2001:db8::1": }
      """;

  @TempDir private Path folder;
  private Inventory inventory;

  @BeforeEach
  void read() throws IOException {
    inventory = read(PAIRS);
  }

  private Inventory read(String text) throws IOException {
    Path file = folder.resolve("inventory.yml");
    Files.writeString(file, text);
    return read(List.of(file.toString()));
  }

  private Inventory read(List<String> sources) {
    var problems = new Problems();
    Inventory read = InventoryReader.read(sources, List.of(), problems);
    assertEquals("", Sources.brief(problems.all()));
    return read;
  }

  @ParameterizedTest
  @CsvSource({
    "lone,'all, ungrouped'",
    "db1,'all, later, site, db'",
    "web1,'all, later, site, swapped, web'",
    "web2,'all, site, swapped, web'",
  })
  void groupsComeParentsFirstThenByName(String host, String groups) {
    assertEquals(groups, String.join(", ", inventory.host(host).orElseThrow().groups()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "all; lone db1 db2 web1 web2 2001:db8::1",
        "*; lone db1 db2 web1 web2 2001:db8::1",
        "db; db1 db2",
        "site; db1 db2 web1 web2",
        "later; db1 db2 web1",
        "web2,db1; db1 web2",
        "db:web; db1 db2 web1 web2",
        "all,!db; lone web1 web2 2001:db8::1",
        "!db; lone web1 web2 2001:db8::1",
        "site,&later; db1 db2 web1",
        "&later,!web1; db1 db2",
        "db?; db1 db2",
        "*1; db1 web1 2001:db8::1",
        "la*; db1 db2 web1",
        "db , web1; db1 db2 web1",
        "db1,db1,db; db1 db2",
        "db,!db; ''",
        "db[0]; db1",
        "db[-1],web[0]; db2 web1",
        "site[1:2]; db2 web1",
        "site[2:]; web1 web2",
        "site[1-2]; db2 web1",
        "all[0]; lone",
        "w*[1]; web2",
        "swapped[0]; web2",
        "~^db; db1 db2",
        "~(1|2)$:!~web:!six; db1 db2",
        "!~[13]; lone db2 web2",
        "db[!1]; db2",
        "[dw]*2; db2 web2",
        "web:&later:!db; web1",
        "ungrouped; lone",
        "2001:db8::1; 2001:db8::1",
        "web1,!db,2001:db8::1; web1 2001:db8::1",
      })
  void patternsSelectInTheOrderOfTheInventory(String pattern, String hosts) {
    assertEquals(
        hosts,
        inventory.select(pattern, Place.of("--limit")).stream()
            .map(Host::name)
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "bd; --limit: no host or group is named 'bd' | did you mean 'db' (INV:9:9)?",
        "db,!wbe,z*; --limit: no host or group is named 'wbe' | did you mean 'web' (INV:14:9)?/"
            + "--limit: no host or group is named 'z*' | known: 2001:db8::1, all, db, db1, db2, later, lone, site, six, swapped, web, web1, web2",
      })
  void everyNameThatIsNobodysIsTold(String pattern, String problems) {
    SourceException refused =
        assertThrows(SourceException.class, () -> inventory.select(pattern, Place.of("--limit")));
    assertEquals(
        problems.replace("/", "\n"),
        Sources.brief(refused).replace(folder.resolve("inventory.yml").toString(), "INV"));
  }

  @Test
  void aClusterIsTheHostsOfItsGroup() {
    assertEquals(Optional.of("skyha"), inventory.host("db2").orElseThrow().cluster());
    assertEquals(Optional.empty(), inventory.host("web1").orElseThrow().cluster());
    assertEquals(
        List.of("db1", "db2"), inventory.cluster("skyha").stream().map(Host::name).toList());
  }

  @Test
  void theInnermostGroupNamesTheCluster() throws IOException {
    Inventory nested =
        read(
            """
            all:
              children:
                outer:
                  cluster: big
                  children:
                    inner: {cluster: small, hosts: {a: }}
                  hosts: {b: }
            """);
    assertEquals(Optional.of("small"), nested.host("a").orElseThrow().cluster());
    assertEquals(Optional.of("big"), nested.host("b").orElseThrow().cluster());
  }

  @Test
  void hostsCanBeListedOnTheCommandLine() {
    Inventory listed = read(List.of("db1,", "web1, web2"));
    assertEquals(List.of("db1", "web1", "web2"), List.copyOf(listed.hosts().keySet()));
    assertEquals(List.of("all", "ungrouped"), listed.host("web2").orElseThrow().groups());
  }

  @Test
  void laterInventoriesAdd() throws IOException {
    Path more = folder.resolve("more.yml");
    Files.writeString(more, "db: {hosts: {db3: }, vars: {c: 1}}\n");
    Inventory both = read(List.of(folder.resolve("inventory.yml").toString(), more.toString()));
    assertEquals(List.of("db1", "db2", "db3"), both.members("db"));
    assertEquals(Optional.of("skyha"), both.host("db3").orElseThrow().cluster());
  }

  @Test
  void variablesBesideTheInventoryComeAfterItsOwn() throws IOException {
    Files.createDirectories(folder.resolve("group_vars/db"));
    Files.createDirectories(folder.resolve("host_vars"));
    Files.writeString(folder.resolve("group_vars/all.yml"), "a: file of all\n");
    Files.writeString(folder.resolve("group_vars/db/b.yml"), "a: b\n");
    Files.writeString(folder.resolve("group_vars/db/a.yaml"), "a: a\n");
    Files.writeString(folder.resolve("group_vars/db/note.txt"), "not read\n");
    Files.writeString(folder.resolve("group_vars/nobody.yml"), "a: nobody\n");
    Files.writeString(folder.resolve("host_vars/db1"), "a: host file\n");
    Inventory read = read(PAIRS);
    assertEquals(
        "inventory vars of group all, group_vars",
        "inventory " + scopes(read.groups().get("all").vars()));
    assertEquals("group_vars, group_vars", scopes(read.groups().get("db").vars()));
    assertEquals("host_vars", scopes(read.host("db1").orElseThrow().vars()));
    assertEquals(
        "a, b",
        read.groups().get("db").vars().stream()
            .map(v -> ((Node.Scalar) v.mapping().get("a").orElseThrow()).text())
            .collect(Collectors.joining(", ")),
        "files of a folder by name");
  }

  private static String scopes(List<Group.VarsSource> vars) {
    return vars.stream().map(Group.VarsSource::scope).collect(Collectors.joining(", "));
  }
}
