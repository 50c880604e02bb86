package dev.hactl.engine.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each type makes of a value, and what it refuses. */
class TypesTest {
  private enum Kind {
    PRESENT,
    HARD__LINK
  }

  private static final Map<String, Type.Plain<?>> TYPES =
      Map.of(
          "text", Types.TEXT,
          "bool", Types.BOOL,
          "int", Types.INTEGER,
          "seconds", Types.SECONDS,
          "path", Types.PATH,
          "texts", Types.TEXTS,
          "names", Types.NAMES,
          "dict", Types.DICT,
          "kind", Types.oneOf(Kind.class),
          "ints", Types.listOf(Types.INTEGER));

  private static Object read(String type, String yaml) {
    return TYPES.get(type).convert().apply(Literals.value(Sources.yaml(yaml)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "text    | abc            | abc",
        "text    | 1.50           | 1.5",
        "text    | true           | true",
        "bool    | true           | true",
        "bool    | 'Yes'          | true",
        "bool    | off            | false",
        "int     | 42             | 42",
        "int     | ' 42 '         | 42",
        "int     | 4e1            | 40",
        "int     | 0x10           | 16",
        "seconds | 1.5            | PT1.5S",
        "seconds | '10'           | PT10S",
        "seconds | 0              | PT0S",
        "path    | /a//b/         | /a/b",
        "path    | /              | /",
        "texts   | a              | [a]",
        "texts   | [a, 1, true]   | [a, 1, true]",
        "texts   |                | []",
        "names   | a, b,,c        | [a, b, c]",
        "names   | [a, 'b,c']     | [a, b, c]",
        "dict    | {a: 1}         | {a=1}",
        "kind    | present        | PRESENT",
        "kind    | hard-link      | HARD__LINK",
        "ints    | 7              | [7]",
        "ints    | [7, '8']       | [7, 8]",
      })
  void reads(String type, String yaml, String value) {
    assertEquals(value, String.valueOf(read(type, yaml == null ? "null" : yaml)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "text    | [a]       | text is wanted, this is a list",
        "text    | {a: 1}    | text is wanted, this is a mapping",
        "text    | null      | a value is missing",
        "bool    | maybe     | true or false is wanted, this is 'maybe'",
        "bool    | 1         | true or false is wanted, this is the number 1",
        "bool    | [true]    | true or false is wanted, this is a list",
        "int     | 1.5       | a whole number is wanted, this is '1.5'",
        "int     | many      | a whole number is wanted, this is 'many'",
        "int     | 99999999999999999999 | a whole number is wanted, this is '99999999999999999999'",
        "seconds | soon      | a number of seconds is wanted, this is 'soon'",
        "seconds | -1        | between 0 and 1000000000 seconds are wanted, this is '-1'",
        "path    | a/b       | an absolute path is wanted, this is 'a/b'",
        "path    | ``        | a value is missing",
        "path    | \"/a\\nb\" | a path must not hold a line break",
        "texts   | {a: 1}    | a list is wanted, this is a mapping",
        "texts   | [[a]]     | text is wanted, this is a list",
        "dict    | [a]       | a mapping is wanted, this is a list",
        "kind    | presnt    | 'presnt' is not one of present, hard-link",
        "ints    | [1, x]    | a whole number is wanted, this is 'x'",
      })
  void refuses(String type, String yaml, String message) {
    BadValue refused =
        assertThrows(BadValue.class, () -> read(type, yaml.isEmpty() ? "null" : yaml));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void aSecretIsNotRepeatedInTheMessage() {
    BadValue refused =
        assertThrows(
            BadValue.class, () -> Types.INTEGER.convert().apply(new Value.Text("hunter2", true)));
    assertEquals("a whole number is wanted, this is '<secret>'", refused.getMessage());
  }

  @Test
  void theUnknownIsMissingAndNotWrong() {
    for (Type.Plain<?> type : TYPES.values()) {
      assertThrows(
          Evaluation.Missing.class, () -> type.convert().apply(new Value.Unknown("later")));
    }
  }
}
