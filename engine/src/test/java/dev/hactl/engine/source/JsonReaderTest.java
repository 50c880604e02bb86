package dev.hactl.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON as programs print it; whatever is wrong has a place. */
class JsonReaderTest {
  private final Problems problems = new Problems();

  private Optional<Node> read(String text) {
    return JsonReader.parse(new SourceFile("x", ""), text, problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "12 => INTEGER 12",
        "-0.5 => DECIMAL -0.5",
        "1e3 => DECIMAL 1e3",
        "true => BOOLEAN true",
        "null => NULL null",
        "\"a\\\"\\\\\\/\\n\\u00e9\\ud83d\\ude00\" => TEXT a\"\\/(line)é😀",
        "\"12\" => TEXT 12",
      })
  void scalars(String json, String read) {
    var scalar = (Node.Scalar) read(" " + json + "\n").orElseThrow();
    assertEquals(read.replace("(line)", "\n"), scalar.kind() + " " + scalar.text());
    assertEquals("x:1:2", scalar.place().toString());
  }

  @Test
  void listsAndMappingsKeepOrderAndPlaces() {
    Node node = read("{\"b\": [1, {}],\n\t\"a\": []}").orElseThrow();
    var mapping = (Node.Mapping) node;
    assertEquals("b", mapping.entries().getFirst().name());
    assertEquals("x:2:7", mapping.get("a").orElseThrow().place().toString());
    assertEquals(2, ((Node.Sequence) mapping.get("b").orElseThrow()).items().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "`` => x:1:1: not valid JSON: a value is wanted, the text ends",
        "[1 => x:1:3: not valid JSON: ',' or ']' is wanted, the text ends",
        "[1 2] => x:1:4: not valid JSON: ',' or ']' is wanted, '2' stands here",
        "[1,] => x:1:4: not valid JSON: a value is wanted, ']' stands here",
        "{a: 1} => x:1:2: not valid JSON: a key in double quotes is wanted, 'a' stands here",
        "{\"a\" 1} => x:1:6: not valid JSON: ':' is wanted, '1' stands here",
        "True => x:1:1: not valid JSON: a value is wanted, 'True' stands here",
        "1 2 => x:1:3: not valid JSON: something stands after the end of the value",
        "\"a => x:1:1: not valid JSON: the text that begins here is not closed",
        "\"\\x\" => x:1:3: not valid JSON: there is no such escape after '\\'",
        "\"\\u12\" => x:1:4: not valid JSON: four hexadecimal digits are wanted after '\\u'",
        "01 => x:1:2: not valid JSON: something stands after the end of the value",
        "{\"a\": 1, \"a\": 2} => x:1:10: the key 'a' stands twice in this mapping | it stands first in line 1; keep one of them",
      })
  void mistakes(String json, String problem) {
    read(json);
    assertEquals(problem, Sources.brief(problems.all()));
  }

  @Test
  void aHostileTextEndsInAProblem() {
    assertTrue(read("[".repeat(1_000_000)).isEmpty());
    assertTrue(Sources.brief(problems.all()).contains("nested deeper"));
  }
}
