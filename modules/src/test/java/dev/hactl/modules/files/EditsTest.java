package dev.hactl.modules.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.ByHand;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits of texts as tables; a bar is a line end. */
class EditsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // arguments ; before ; after
        "line: b ; a| ; a|b|",
        "line: b ; a ; a|b|",
        "line: b ; '' ; b|",
        "line: b ; a|b|c| ; a|b|c|",
        "line: b ; b ; b",
        "line: b, regexp: ^x ; a|x1|x2|z| ; a|x1|b|z|",
        "line: b, regexp: ^x, firstmatch: true ; a|x1|x2|z| ; a|b|x2|z|",
        "line: x=2, regexp: ^x= ; x=2|x=1| ; x=2|x=2|",
        "line: b, regexp: ^x ; a|x ; a|b",
        "line: b, regexp: ^x ; a|b| ; a|b|",
        "line: b, search_string: '.*' ; a|.*| ; a|b|",
        "line: b, search_string: '.*' ; a| ; a|b|",
        "line: b, insertafter: ^a ; a1|a2|z| ; a1|a2|b|z|",
        "line: b, insertafter: ^a, firstmatch: true ; a1|a2|z| ; a1|b|a2|z|",
        "line: b, insertbefore: ^a ; a1|a2|z| ; a1|b|a2|z|",
        "line: b, insertbefore: BOF ; a|z| ; b|a|z|",
        "line: b, insertbefore: BOF ; a ; b|a",
        "line: b, insertafter: EOF ; a|z| ; a|z|b|",
        "line: b, insertbefore: ^none ; a|z| ; a|z|b|",
        "'line: ''port \\1'', regexp: ''^p ([0-9]+)'', backrefs: true' ; a|p 12 x| ; a|port 12|",
        "'line: ''\\g<n>-\\g<1>'', regexp: ''^(?P<n>x)'', backrefs: true' ; x| ; x-x|",
        "'line: ''\\1'', regexp: ''^none()'', backrefs: true' ; a| ; a|",
        "'line: ''p \\1'', regexp: ''^x(.)'', backrefs: true' ; x1|x2| ; p 1|p 2|",
        "'line: b, state: absent' ; a|b|c|b| ; a|c|",
        "'regexp: ^b, state: absent' ; a|b1|c|b2 ; a|c|",
        "'search_string: b, state: absent' ; abc|c ; c",
        "'line: b, state: absent' ; b| ; ''",
        "'line: b, regexp: ''x\\Z''' ; xy|yx| ; xy|b|",
      })
  void lines(String arguments, String before, String after) {
    var params = ByHand.bind(new LineInFile(), "{path: /f, " + arguments + "}");
    assertEquals(after, edited(before, params.line()::apply));
    assertEquals(after, edited(after, params.line()::apply), "the second time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "block: x ; a| ; a|#<|x|#>|",
        "block: x ; a ; a|#<|x|#>|",
        "block: x ; '' ; #<|x|#>|",
        "block: x ; a|#<|old|older|#>|b| ; a|#<|x|#>|b|",
        "block: x ; a|#<|x|#> ; a|#<|x|#>",
        "block: '' ; a|#<|x|#>|b| ; a|b|",
        "'block: x, state: absent' ; a|#<|x|#>|b| ; a|b|",
        "'block: x, state: absent' ; a ; a",
        "'block: x, insertbefore: BOF' ; a| ; #<|x|#>|a|",
        "'block: x, insertafter: ^a' ; a|b| ; a|#<|x|#>|b|",
        "'block: x, insertbefore: ^b' ; a|b| ; a|#<|x|#>|b|",
        "'block: x, prepend_newline: true, append_newline: true, insertafter: ^a' ; a|b| ; a||#<|x|#>||b|",
      })
  void blocks(String arguments, String before, String after) {
    String marks = "marker: '#{mark}', marker_begin: '<', marker_end: '>'";
    var params = ByHand.bind(new BlockInFile(), "{path: /f, " + marks + ", " + arguments + "}");
    assertEquals(after, edited(before, params.block()::apply));
    assertEquals(after, edited(after, params.block()::apply), "the second time");
  }

  private interface Edited {
    TextFile of(TextFile file);
  }

  private static String edited(String bars, Edited edit) {
    byte[] before = bars.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
    return new String(edit.of(TextFile.of(before)).bytes(), StandardCharsets.UTF_8)
        .replace('\n', '|');
  }

  @Test
  void otherLinesKeepTheirBytes() {
    var line = ByHand.bind(new LineInFile(), "{path: /f, regexp: ^x, line: ü}").line();
    byte[] before = {(byte) 0xe4, '\r', '\n', 'x', '\r', '\n', 'z'};
    // The file is not UTF-8, the line of the playbook still is.
    byte[] after = {(byte) 0xe4, '\r', '\n', (byte) 0xc3, (byte) 0xbc, '\r', '\n', 'z'};
    assertArrayEquals(after, line.apply(TextFile.of(before)).bytes());
    assertArrayEquals(after, line.apply(TextFile.of(after)).bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{path: /f}",
        "{path: /f, state: absent}",
        "{path: /f, line: 'a', regexp: '('}",
        "{path: /f, line: 'a', backrefs: true}",
        "{path: /f, line: \"a\\nb\"}",
        "{path: /f, line: a, regexp: a, search_string: a}",
        "{path: /f, line: a, insertafter: a, insertbefore: b}",
      })
  void badLinesAreRefused(String yaml) {
    assertThrows(SourceException.class, () -> ByHand.bind(new LineInFile(), yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{path: /f, block: x, marker: no-mark}",
        "{path: /f, block: '# BEGIN ANSIBLE MANAGED BLOCK'}",
      })
  void badBlocksAreRefused(String yaml) {
    assertThrows(SourceException.class, () -> ByHand.bind(new BlockInFile(), yaml));
  }

  @Test
  void aReferenceToNoGroupIsSaid() {
    var match = Regex.compile("a(b)").matcher("ab");
    match.find();
    assertEquals("b\\n\\", Regex.expand("\\1\\n\\\\", match));
    assertThrows(BadValue.class, () -> Regex.expand("\\2", match));
  }
}
