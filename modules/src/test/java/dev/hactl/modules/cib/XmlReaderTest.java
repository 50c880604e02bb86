package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.module.UnreadableAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
  static final List<String> SAMPLES = Samples.NAMES;

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void aDocumentOfPacemakerIsKeptToTheByte(String sample) {
    // crmsh leaves out the last line end.
    assertEquals(Samples.text(sample).strip(), Samples.cib(sample).text().strip());
  }

  @Test
  void unusualCharactersAreKept() {
    String text = "<a b=\"&lt;&amp;&quot;'&#10;&#9;ä&gt;\">\n  <!-- c -->\n</a>\n";
    assertEquals(text, XmlWriter.write(XmlReader.read(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<a>",
        "<a></b>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a b='&x;'/>",
        "<a>&x;</a>",
      })
  void otherTextsAreRefused(String text) {
    var refused = assertThrows(UnreadableAnswer.class, () -> XmlReader.read(text));
    assertFalse(refused.getMessage().contains("passwd"), refused.getMessage());
  }

  @Test
  void bottomlessDocumentsAreRefused() {
    assertThrows(UnreadableAnswer.class, () -> XmlReader.read("<a>".repeat(100_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a/>", "<cib/>", "<cib epoch='x'><configuration/></cib>"})
  void anotherDocumentIsNoConfiguration(String text) {
    assertThrows(UnreadableAnswer.class, () -> Cib.parse(text).version());
  }
}
