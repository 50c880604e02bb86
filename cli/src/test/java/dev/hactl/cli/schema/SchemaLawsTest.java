package dev.hactl.cli.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.cli.doc.Snippet;
import dev.hactl.engine.model.Keyword;
import dev.hactl.engine.model.Keywords;
import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Literals;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An editor never refuses what hactl takes. */
class SchemaLawsTest {
  private static final List<String> VALUES =
      List.of(
          "text",
          "'1'",
          "1",
          "1.5",
          "true",
          "'yes'",
          "[a]",
          "[1, b]",
          "{a: b}",
          "[{a: b}]",
          "'${x}'",
          "/path",
          "'0644'",
          "0644",
          "'50%'",
          "");

  private static final Modules MODULES = IndexedModules.of(SchemaLawsTest.class.getClassLoader());
  private static final Checked PLAYBOOK = Checked.by(PlaybookSchema.playbook(MODULES));
  private static final Checked TASKS = Checked.by(PlaybookSchema.tasks(MODULES));

  @Test
  void everyKeywordIsDescribed() {
    assertEquals(
        List.of(),
        Keywords.all().keySet().stream()
            .filter(k -> k.description().isEmpty())
            .map(Keyword::name)
            .toList(),
        "keywords without a description in Keywords");
  }

  @Test
  void whatAKeywordMayHave(@TempDir Path folder) throws IOException {
    var wrong = new ArrayList<String>();
    for (Keywords.Level level : Keywords.Level.values()) {
      for (Keyword keyword : Keywords.of(level)) {
        for (String value : VALUES) {
          String text = playbook(level, keyword.name() + ": " + value);
          if (hactlTakes(folder, text) && !PLAYBOOK.errors(text).isEmpty()) {
            wrong.add(level + " " + keyword.name() + ": " + value + PLAYBOOK.errors(text));
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static String playbook(Keywords.Level level, String keyword) {
    return switch (level) {
      case PLAY ->
          "- {"
              + (keyword.startsWith("hosts:") ? "" : "hosts: all, ")
              + (keyword.startsWith("tasks:") ? "" : "tasks: [{debug: {msg: a}}], ")
              + keyword
              + "}";
      case IMPORT ->
          keyword.startsWith("import")
              ? "- {" + keyword + "}"
              : "- {import_playbook: a.yml, " + keyword + "}";
      case BLOCK ->
          "- {hosts: all, tasks: [{"
              + (keyword.startsWith("block:") ? "" : "block: [{debug: {msg: a}}], ")
              + keyword
              + "}]}";
      case TASK -> "- {hosts: all, tasks: [{debug: {msg: a}, " + keyword + "}]}";
    };
  }

  private static boolean hactlTakes(Path folder, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("site.yml"), text);
    return !Project.read(List.of(file), List.of("h1,"), (p, problems) -> MODULES)
        .problems()
        .hasErrors();
  }

  @Test
  void whatAParameterMayHave() {
    var wrong = new ArrayList<String>();
    for (String name : MODULES.names()) {
      for (Field<?> field : MODULES.find(name).orElseThrow().form().fields()) {
        for (String value : values(field)) {
          String task = "- {%s: {%s: %s}, args: {}}".formatted(name, field.name(), value);
          if (takes(field, value) && !TASKS.errors(task).isEmpty()) {
            wrong.add(task + TASKS.errors(task));
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static List<String> values(Field<?> field) {
    var values = new ArrayList<>(VALUES);
    if (field.type() instanceof Type.Plain<?> plain) {
      values.addAll(plain.choices());
    }
    field.fallback().filter(f -> f.matches("[A-Za-z0-9.]+")).ifPresent(values::add);
    return values;
  }

  private static boolean takes(Field<?> field, String value) {
    Node node =
        YamlReader.parse(new SourceFile("value", "a: " + value), new Problems()).orElseThrow();
    Node given = ((Node.Mapping) node).get("a").orElseThrow();
    if (given instanceof Node.Scalar s && s.kind() == Node.Kind.NULL) {
      return !field.required();
    }
    if (!(field.type() instanceof Type.Plain<?> plain) || value.contains("${")) {
      return given instanceof Node.Scalar s && s.kind() == Node.Kind.TEXT;
    }
    try {
      if (given instanceof Node.Scalar s) {
        plain.literal().accept(s);
      }
      Object read = plain.convert().apply(Literals.value(given));
      return read != null;
    } catch (BadValue | Evaluation.Missing doesNotFit) {
      return false;
    }
  }

  @Test
  void snippetsAreTasks() {
    for (String name : MODULES.names()) {
      String task = String.join("\n", Snippet.of(name, MODULES.find(name).orElseThrow())) + "\n";
      assertEquals(List.of(), TASKS.errors(task), task);
    }
  }
}
