package dev.hactl.modules.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.LocalShell;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls -l /etc",
        "  a\tb  c ",
        "a 'b c' \"d  e\"",
        "a'b'\"c\"d",
        "''",
        "a \"\" ''",
        "a\\ b \\'",
        "\"a\\\"b\\\\c\\nd\"",
        "'a\\b'",
        "a\\\nb",
        "\"a\\\nb\"",
        "x '|' \">\" \\;",
        "prefix=a b=c",
        "grüße 'ä ö'",
        "\"two\nlines\"",
      })
  void splitsAsEveryShellDoes(String text) {
    String show = "for w in " + text + "; do printf '<%s>\\n' \"$w\"; done\n";
    var expected = new StringBuilder();
    CommandLine.words(text).forEach(w -> expected.append("<").append(w).append(">\n"));
    for (LocalShell shell : LocalShell.values()) {
      assertEquals(expected.toString(), shell.run(show).out(), shell + ": " + text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$HOME", "`id`", "$(id)", "*", "~root", "{a,b}", "# x", "!x", "a;b"})
  void expandsNothing(String text) {
    assertEquals(List.of(text.split(" ")), CommandLine.words(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "a 'b!quote in the command is not closed",
        "a \"b!quote in the command is not closed",
        "a \\!ends in a backslash",
        "a | b!'|' would be an argument",
        "a && b!'&&' would be an argument",
        "a > /b!'>' would be an argument",
        "touch /a creates=/a!'creates=' inside the command",
        "chdir=/a ls!'chdir=' inside the command",
      })
  void refusesWhatWouldSurprise(String text, String message) {
    BadValue e = assertThrows(BadValue.class, () -> CommandLine.words(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
