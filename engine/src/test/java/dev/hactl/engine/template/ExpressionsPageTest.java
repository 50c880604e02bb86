package dev.hactl.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.template.function.FunctionForm;
import dev.hactl.engine.template.function.Functions;
import dev.hactl.engine.template.function.Json;
import dev.hactl.engine.template.jinja.JinjaExpression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/expressions.md} is true: every example in its tables is evaluated with the variables
 * that the page shows, every form of Ansible's is said in hactl's words as the page says, and the
 * functions are those there are.
 */
class ExpressionsPageTest {
  private static final Path PAGE = Path.of("../docs/expressions.md");
  private static final Path FRESH = Path.of("target/functions.md");

  @TempDir Path folder;

  /** One row of a table. */
  private record Row(List<String> head, List<String> cells) {
    String cell(String column) {
      return cells.get(head.indexOf(column));
    }

    /** Without the marks of code; a bar is escaped in tables. */
    String code(String column) {
      String cell = cell(column);
      assertTrue(cell.matches("`.+`|`` .+ ``"), "no code: " + cell);
      return cell.replaceAll("^`+ ?| ?`+$", "");
    }
  }

  @TestFactory
  Stream<DynamicTest> everyExampleComesToItsResult() throws IOException {
    var host = new ExampleHost(folder, variables());
    return rows().stream()
        .filter(r -> r.head().contains("result"))
        .map(r -> {
          String example = r.code(r.head().contains("example") ? "example" : "hactl");
          return DynamicTest.dynamicTest(
              example, () -> assertEquals(r.code("result"), result(host, example)));
        });
  }

  private static String result(ExampleHost host, String example) {
    return Renderer.dynamic(example)
        ? Json.compact(host.renderer.render(Rendering.scalar(example), host.names))
        : host.json(example);
  }

  @TestFactory
  Stream<DynamicTest> everyFormOfAnsibleIsTranslatedSo() throws IOException {
    return rows().stream()
        .filter(r -> r.head().contains("Ansible"))
        .map(r ->
            DynamicTest.dynamicTest(
                r.code("Ansible"),
                () ->
                    assertEquals(
                        r.code("hactl"), JinjaExpression.toHactl(r.code("Ansible")).orElse(""))));
  }

  @Test
  void itsFunctionsAreThoseThereAre() throws IOException {
    String fresh = functions();
    Files.createDirectories(FRESH.toAbsolutePath().getParent());
    Files.writeString(FRESH, fresh);
    assertTrue(
        Files.readString(PAGE).contains(fresh),
        "docs/expressions.md is stale; its functions as they should be are in engine/" + FRESH);
  }

  private static String functions() {
    var text = new StringBuilder();
    Functions.byTitle()
        .forEach((title, forms) -> {
          text.append("### ").append(title).append("\n\n");
          text.append("| function | what it gives | example | result |\n|---|---|---|---|\n");
          for (FunctionForm f : forms) {
            text.append("| ")
                .append(
                    String.join(
                        " | ", code(f.signature()), f.what(), code(f.example()), code(f.result())))
                .append(" |\n");
          }
          text.append('\n');
        });
    return text.toString();
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private static String variables() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("```yaml\n") + "```yaml\n".length();
    return page.substring(from, page.indexOf("```", from));
  }

  private static List<Row> rows() throws IOException {
    var rows = new ArrayList<Row>();
    List<String> head = List.of();
    for (String line : Files.readAllLines(PAGE)) {
      if (!line.startsWith("|")) {
        head = List.of();
      } else if (head.isEmpty()) {
        head = cells(line);
      } else if (!line.startsWith("|---")) {
        rows.add(new Row(head, cells(line)));
      }
    }
    assertTrue(rows.size() > 100, "only " + rows.size() + " rows");
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).strip().split("(?<!\\\\)\\|"))
        .map(c -> c.strip().replace("\\|", "|"))
        .toList();
  }
}
