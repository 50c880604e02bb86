package dev.hactl.cli.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Problems;
import dev.hactl.modules.user.UserModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The schemas fit everything that hactl's own house holds: playbooks, examples and documents. */
class SchemaAcceptsTest {
  private static final Path HOUSE = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:`([a-z_]+[.]yml)`[^`]*)?^```yaml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Modules MODULES =
      IndexedModules.of(SchemaAcceptsTest.class.getClassLoader());
  private static final Checked PLAYBOOK = Checked.by(PlaybookSchema.playbook(MODULES));
  private static final Checked TASKS = Checked.by(PlaybookSchema.tasks(MODULES));
  private static final Checked INVENTORY = Checked.by(InventorySchema.inventory());
  private static final Checked VARS = Checked.by(InventorySchema.vars());

  private static final Checked CONFIG = Checked.by(ConfigSchema.config());

  private static final Checked USER_MODULE = Checked.by(UserModuleSchema.module());

  /** What hactl reads, editors take; what it refuses, they mark. */
  @TestFactory
  Stream<DynamicTest> userModules(@TempDir Path folder) throws IOException {
    var texts =
        new ArrayList<>(
            List.of(
                "probe: 'true'\napply: 'true'\n",
                "probe: 'true'\napply: 'true'\nimpact: disruptive\ntimeout: '1.5'\n",
                "probe: 'true'\napply: 'true'\nimpact: {disruptive: stops it}\n",
                "probe: 'true'\napply: 'true'\nparameters: {a: , b: {type: list, default: [x]}}\n",
                "probe: 'true'\napply: 'true'\nparameters: {v: {required: yes}}\n"
                    + "impact: {destructive: {what: all, token: v}}\ninterruptible: no\n",
                "probe: 'true'\n",
                "probe: ' '\napply: 'true'\n",
                "probe: 'true'\napply: 'true'\nprob: a\n",
                "probe: 'true'\napply: 'true'\nimpact: some\n",
                "probe: 'true'\napply: 'true'\ninterruptible: maybe\n",
                "probe: 'true'\napply: 'true'\nparameters: {A: {}}\n",
                "probe: 'true'\napply: 'true'\nparameters: {a: {type: number}}\n",
                "probe: 'true'\napply: 'true'\nparameters: {a: {typ: text}}\n",
                "- probe\n"));
    for (Path own : List.of(Path.of("src/test/resources/lint/user-module/modules"))) {
      try (Stream<Path> files = Files.list(own)) {
        for (Path file : files.sorted().toList()) {
          texts.add(Files.readString(file));
        }
      }
    }
    return texts.stream()
        .map(text ->
            DynamicTest.dynamicTest(
                text,
                () -> {
                  var problems = new Problems();
                  Files.writeString(
                      Files.createDirectories(folder.resolve("modules")).resolve("own.yml"), text);
                  var _ = UserModules.read(folder.resolve("modules"), "modules", MODULES, problems);
                  List<String> marked = USER_MODULE.errors(text);
                  assertEquals(
                      problems.hasErrors(), !marked.isEmpty(), marked + "" + problems.all());
                }));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfEveryModule() {
    return MODULES.names().stream()
        .flatMap(name ->
            MODULES.find(name).orElseThrow().manual().examples().stream().map(e -> test(name, e)));
  }

  private static DynamicTest test(String name, Manual.Example example) {
    return DynamicTest.dynamicTest(
        name + ": " + example.title(),
        () -> assertEquals(List.of(), TASKS.errors(example.yaml()), example.yaml()));
  }

  @TestFactory
  Stream<DynamicTest> everyFile() throws IOException {
    var files = new ArrayList<Path>();
    files.add(HOUSE.resolve("inventory.example.yml"));
    files.add(Path.of("src/test/resources/bad/good.yml"));
    files.add(Path.of("src/test/resources/bad/inventory.yml"));
    files.add(Path.of("src/main/resources/dev/hactl/cli/training-cluster.yml"));
    for (String folder : List.of("playbooks", "lab")) {
      try (Stream<Path> below = Files.walk(HOUSE.resolve(folder))) {
        below.filter(f -> f.toString().endsWith(".yml")).forEach(files::add);
      }
    }
    assertTrue(files.size() > 10, files.toString());
    return files.stream()
        .map(file ->
            DynamicTest.dynamicTest(file.toString(), () -> accepted(Files.readString(file))));
  }

  /** The modules that a page shows are known to the tasks of that page. */
  @TestFactory
  Stream<DynamicTest> everyTextInTheDocuments(@TempDir Path folder) throws IOException {
    var tests = new ArrayList<DynamicTest>();
    try (Stream<Path> pages = Files.list(HOUSE.resolve("docs"))) {
      for (Path page : pages.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
        Path own = Files.createDirectory(folder.resolve(page.getFileName()));
        for (MatchResult found : BLOCK.matcher(Files.readString(page)).results().toList()) {
          String text = found.group(2);
          if (text.contains("\nprobe:")) {
            tests.add(
                DynamicTest.dynamicTest(
                    page + ": " + found.group(1),
                    () -> assertEquals(List.of(), USER_MODULE.errors(text), text)));
            Files.writeString(own.resolve(found.group(1)), text);
          } else if ("hactl.yml".equals(found.group(1))) {
            tests.add(
                DynamicTest.dynamicTest(
                    page + ": hactl.yml",
                    () -> assertEquals(List.of(), CONFIG.errors(text), text)));
          } else {
            tests.add(
                DynamicTest.dynamicTest(
                    page + ": " + text.lines().findFirst().orElse(""), () -> accepted(text, own)));
          }
        }
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private static void accepted(String text, Path folder) {
    var problems = new Problems();
    Modules modules = UserModules.read(folder, folder.toString(), MODULES, problems);
    problems.throwIfErrors();
    Checked schema =
        modules == MODULES ? schema(text) : Checked.by(PlaybookSchema.playbook(modules));
    assertEquals(List.of(), schema.errors(text), text);
  }

  private static void accepted(String text) {
    assertEquals(List.of(), schema(text).errors(text), text);
  }

  /** What a text is shows in how it begins. */
  private static Checked schema(String text) {
    if (Pattern.compile("^- ", Pattern.MULTILINE).matcher(text).find()) {
      return Pattern.compile("^(- |  )(hosts|import_playbook):", Pattern.MULTILINE)
              .matcher(text)
              .find()
          ? PLAYBOOK
          : TASKS;
    }
    return text.contains("hosts:\n") ? INVENTORY : VARS;
  }
}
