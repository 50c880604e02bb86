package dev.hactl.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text to nodes: kinds, places, and what is refused. A bar in a table stands for a line end. */
class YamlReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a;TEXT",
        "'12';TEXT",
        "\"true\";TEXT",
        "12;INTEGER",
        "-3;INTEGER",
        "0x1F;INTEGER",
        "0o755;INTEGER",
        "0755;INTEGER",
        "1.5;DECIMAL",
        "1e3;DECIMAL",
        ".inf;DECIMAL",
        "true;BOOLEAN",
        "False;BOOLEAN",
        "yes;TEXT",
        "off;TEXT",
        "null;NULL",
        "~;NULL",
        "'';TEXT",
        "12:30;TEXT",
        "2024-01-02;TEXT",
        "1_000;TEXT",
        "!!str 12;TEXT",
        "|- |  12;TEXT",
      })
  void kindsAreThoseOfYaml12(String text, Node.Kind kind) {
    assertEquals(kind, Sources.scalar(text.replace(" |", "\n")).kind());
  }

  @Test
  void aScalarKeepsItsTextAsWritten() {
    assertEquals("0644", Sources.scalar("0644").text());
    assertEquals("1.50", Sources.scalar("1.50").text());
    assertTrue(Sources.scalar("0644").plain());
    assertEquals("!own", Sources.scalar("!own abc").tag());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a: b                        ; a 1:1, b 1:4",
        "- a|- b                     ; a 1:3, b 2:3",
        "k: {x: 1, y: [2, 3]}        ; k 1:1, x 1:5, 1 1:8, y 1:11, 2 1:15, 3 1:18",
        "a:|  b: |    c              ; a 1:1, b 2:3, c 3:5",
        "# first|a: 'quoted'         ; a 2:1, quoted 2:4",
        "a: &x b|c: *x               ; a 1:1, b 1:4, c 2:1, b 1:4",
        "é: ü                        ; é 1:1, ü 1:4",
      })
  void everyNodeKnowsItsPlace(String text, String places) {
    assertEquals(places, places(Sources.yaml(text.strip().replace('|', '\n'))));
  }

  private static String places(Node node) {
    return switch (node) {
      case Node.Scalar s -> s.text() + " " + s.place().line() + ":" + s.place().column();
      case Node.Sequence s ->
          s.items().stream().map(YamlReaderTest::places).collect(Collectors.joining(", "));
      case Node.Mapping m ->
          m.entries().stream()
              .map(e -> places(e.key()) + ", " + places(e.value()))
              .collect(Collectors.joining(", "));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '$',
      value = {
        "a: 1|a: 2 => x.yml:2:1: the key 'a' stands twice in this mapping | it stands first in line 1; keep one of them",
        "[a]: 1 => x.yml:1:1: a key must be a single value, not a list or a mapping",
        "a: *b => x.yml:1:4: not valid YAML: no anchor '&b' stands before this | a text that begins with * needs quotes",
        "a: &x {b: *x} => x.yml:1:4: an anchor contains itself",
        "<<: [a] => x.yml:1:8: not valid YAML: '<<' merges mappings only | name an anchor, as in <<: *defaults",
        "a: [1, 2 => x.yml:1:4: not valid YAML: what begins here is not closed",
        "a: \"b => x.yml:1:4: not valid YAML: what begins here is not closed",
        "a: b: c => x.yml:1:5: not valid YAML: a second ': ' in one line | put a value that holds ': ' in quotes",
        "a: `b` => x.yml:1:4: not valid YAML: a value cannot begin with '`' | put it in quotes",
        "a: %b => x.yml:1:4: not valid YAML: a value cannot begin with '%' | put it in quotes",
        "a:|\t- b => x.yml:2:1: not valid YAML: a tab cannot indent | indent with spaces",
        "a: {{ b }} => x.yml:1:4: this looks like Jinja: hactl writes ${name} instead of {{ name }}",
        "a: {{ b }}/c => x.yml:1:11: not valid YAML: a value that begins with {{ is read as a mapping | this looks like Jinja; hactl writes ${name}, and needs quotes only where YAML does",
        "a: 1|---|b: 2 => x.yml:2:1: not valid YAML: a second document begins here | a file holds one document",
      })
  void isRefused(String text, String problems) {
    assertEquals(problems, problems(text.replace('|', '\n')));
  }

  private static String problems(String text) {
    var problems = new Problems();
    var ignored = YamlReader.parse(new SourceFile("x.yml", text), problems);
    return Sources.brief(problems.all());
  }

  @Test
  void allDuplicatesAreReportedAtOnce() {
    assertEquals(3, problems("a: 1\na: 2\nb: {c: 1, c: 2}\nd: [{e: 1, e: 1}]").lines().count());
  }

  @Test
  void theFirstOfTwoKeysStays() {
    var problems = new Problems();
    Node node = YamlReader.parse(new SourceFile("x.yml", "a: 1\na: 2"), problems).orElseThrow();
    assertEquals("a 1:1, 1 1:4", places(node));
  }

  @Test
  void ownKeysWinOverMergedOnes() {
    Node.Mapping mapping =
        Sources.mapping("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nall: {<<: [*b, *m], x: 5}");
    Node.Mapping all = (Node.Mapping) mapping.get("all").orElseThrow();
    assertEquals(
        "x=5 y=2 z=4",
        all.entries().stream()
            .map(e -> e.name() + "=" + ((Node.Scalar) e.value()).text())
            .collect(Collectors.joining(" ")));
  }

  @Test
  void anAliasBombIsDefused() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, before))));
    }
    assertTrue(problems(bomb.toString()).contains("aliases expand to more than"), "not refused");
  }

  @ParameterizedTest
  @ValueSource(ints = {102, 1000, 100_000})
  void deepNestingIsRefusedAndNoStackOverflow(int depth) {
    String deep = "[".repeat(depth) + "]".repeat(depth);
    String said = problems(deep);
    assertTrue(said.contains("nested"), said);
  }

  @Test
  void anEmptyDocumentIsNoProblem() {
    var problems = new Problems();
    for (String empty : new String[] {"", "\n\n", "# only words\n", "---\n"}) {
      Optional<Node> node = YamlReader.parse(new SourceFile("x.yml", empty), problems);
      assertTrue(
          node.isEmpty() || node.get() instanceof Node.Scalar s && s.kind() == Node.Kind.NULL);
    }
    assertEquals("", Sources.brief(problems.all()));
  }

  @Test
  void filesThatCannotBeReadAreNamed(@TempDir Path folder) throws IOException {
    Path latin = folder.resolve("latin.yml");
    Files.write(latin, "a: é".getBytes(StandardCharsets.ISO_8859_1));
    var problems = new Problems();
    assertTrue(YamlReader.read(folder.resolve("none.yml"), "none.yml", problems).isEmpty());
    assertTrue(YamlReader.read(latin, "latin.yml", problems).isEmpty());
    assertTrue(YamlReader.read(folder, "folder", problems).isEmpty());
    String said = Sources.brief(problems.all());
    assertTrue(
        said.startsWith("none.yml: no such file\nlatin.yml: the file is not UTF-8 text\n"), said);
    assertTrue(said.contains("folder: "), said);
  }
}
