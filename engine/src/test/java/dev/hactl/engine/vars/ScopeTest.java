package dev.hactl.engine.vars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.inventory.InventoryReader;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which value wins, and that the losers are known. */
class ScopeTest {

  @Test
  void theLevelsAreThoseOfTheDesign() {
    assertEquals(
        "role defaults < group all < group < host < fact < play vars < vars_files < role vars"
            + " < block and task vars < register and set_fact < loop variable < -e < set by hactl",
        Arrays.stream(Precedence.values())
            .map(Precedence::label)
            .collect(Collectors.joining(" < ")));
  }

  @Test
  void theTopLayerWinsAndTheLosersAreKnown() {
    var layers = new ArrayList<Layer>();
    for (Precedence level : Precedence.values()) {
      layers.add(
          Layer.ready(
              level,
              level.label(),
              Place.of(level.label()),
              Map.of("a", Value.text(level.label()))));
    }
    Scope scope = Scope.of(layers);
    assertEquals(Precedence.MAGIC, scope.find("a").orElseThrow().level());
    assertEquals(
        Arrays.asList(Precedence.values()).reversed(),
        scope.explain("a").stream().map(Binding::level).toList());
    assertTrue(scope.find("b").isEmpty() && scope.explain("b").isEmpty());
  }

  @Test
  void moreLayersLieOnTopAndTheScopeBelowStays() {
    Scope below = Scope.of(List.of(written(Precedence.PLAY, "a: play")));
    Scope above = below.plus(List.of(written(Precedence.TASK, "{a: task, b: task}")));
    assertEquals(Precedence.TASK, above.find("a").orElseThrow().level());
    assertEquals(Precedence.PLAY, below.find("a").orElseThrow().level());
    assertEquals("[a, b]", above.names().toString());
    assertEquals("[a]", below.names().toString());
  }

  private static Layer written(Precedence level, String yaml) {
    return Layer.written(level, level.label(), Sources.mapping(yaml), false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "db1; h; host, inventory (INV:19:19) < group, vars of group db (INV:12:18) < group, vars of group site (INV:8:14) < group all, vars of group all (INV:3:5)",
        "db2; h; group, vars of group db (INV:12:18) < group, vars of group site (INV:8:14) < group all, vars of group all (INV:3:5)",
        "db1; f; host, host_vars (HOST:1:1) < group all, group_vars (GROUP:1:1) < group all, vars of group all (INV:4:5)",
        "db2; only; ",
      })
  void everyValueKnowsWhereItStands(String host, String name, String bindings, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("inventory.yml");
    Files.writeString(
        file,
        """
        all:
          vars:
            h: all
            f: all
          children:
            site:
              # the wider group
              vars: {h: site}
              children:
                db:
                  # the narrower one
                  vars: {h: db}
                  hosts:
                    db2:
                    # its own
                    # is
                    # most
                    # particular
                    db1: {h: host}
        """);
    Files.createDirectories(folder.resolve("group_vars"));
    Files.createDirectories(folder.resolve("host_vars"));
    Files.writeString(folder.resolve("group_vars/all.yml"), "f: group file\n");
    Files.writeString(folder.resolve("host_vars/db1.yml"), "f: host file\n");
    var problems = new Problems();
    Inventory inventory = InventoryReader.read(List.of(file.toString()), List.of(), problems);
    assertEquals("", Sources.brief(problems.all()));
    Scope scope = Scope.of(HostVariables.of(inventory.host(host).orElseThrow(), inventory));
    assertEquals(
        bindings == null ? "" : bindings,
        scope.explain(name).stream()
            .map(b -> b.level().label() + ", " + b.origin())
            .collect(Collectors.joining(" < "))
            .replace(file.toString(), "INV")
            .replace(folder.resolve("group_vars/all.yml").toString(), "GROUP")
            .replace(folder.resolve("host_vars/db1.yml").toString(), "HOST"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ansible_password",
        "ansible_ssh_pass",
        "ansible_become_password",
        "ansible_become_pass"
      })
  void connectionPasswordsAreSecretWhereverTheyStand(String name) {
    assertTrue(secret(written(Precedence.GROUP, name + ": x"), name));
    assertFalse(secret(written(Precedence.GROUP, "db_password: x"), "db_password"));
  }

  @Test
  void whatAProgramPrintsIsDataAndItsPasswordsAreSecret() {
    Layer layer =
        Layer.data(
            Precedence.HOST,
            "inventory",
            Sources.mapping("{text: '${x}', ansible_password: hush}"));
    Scope scope = Scope.of(List.of(layer));
    assertEquals(
        new Binding.Content.Ready(Value.text("${x}")), scope.find("text").orElseThrow().content());
    assertEquals(
        new Binding.Content.Ready(new Value.Text("hush", true)),
        scope.find("ansible_password").orElseThrow().content());
    assertEquals("inventory (x.yml:1:2)", scope.find("text").orElseThrow().origin().toString());
  }

  @Test
  void aWholeFileCanBeSecret() {
    Layer layer = Layer.written(Precedence.EXTRA, "-e", Sources.mapping("{a: 1, b: 2}"), true);
    assertTrue(secret(layer, "a") && secret(layer, "b"));
  }

  private static boolean secret(Layer layer, String name) {
    return layer.bindings().get(name).content() instanceof Binding.Content.Written w && w.secret();
  }
}
