package dev.hactl.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and expressions to values: types, secrets, what is not known, and mistakes. */
class RendererTest extends Rendering {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "plain                          | text plain",
        "${vip}                         | text 192.0.2.9",
        "${port}                        | number 80",
        "port ${port}                   | text port 80",
        "${big}                         | number 1234567",
        "n=${big}                       | text n=1234567",
        "${half * 2}                    | number 1",
        "x${half}                       | text x0.5",
        "${up}                          | boolean true",
        "is ${up}                       | text is true",
        "${hosts}                       | list [db1, db2]",
        "${hosts?join(' ')}             | text db1 db2",
        "${hosts + ['db3']}             | list [db1, db2, db3]",
        "${server}                      | mapping {name: db1, ports: [80, 81], tags: {a: x}}",
        "${server.ports[1]}             | number 81",
        "${alias.tags.a}                | text x",
        "${address}                     | text 192.0.2.9:80",
        "${vip}${port}                  | text 192.0.2.980",
        "${{'a': 1}.a}                  | number 1",
        "${'}'}                         | text }",
        "${\"a${port}b\"}               | text a80b",
        "${nope!'x'}                    | text x",
        "${(server.nope)!7}             | number 7",
        "${nothing!'default'}           | text default",
        "${nothing??}                   | boolean false",
        "${empty}                       | text ``",
        "${empty?has_content}           | boolean false",
        "<#if up>yes<#else>no</#if>     | text yes",
        "<#list hosts as h>${h};</#list> | text db1;db2;",
        "${fromHost}                    | text ${vip} <#if x>",
        "x${fromHost}                   | text x${vip} <#if x>",
        "$HOME #{x} {{.Name}}           | text $HOME #{x} {{.Name}}",
        "${octal}                       | number 15",
        "${written}                     | text yes",
        "${port > 79 && port < 81}      | boolean true",
      })
  void textsBecomeValues(String text, String value) {
    assertEquals(
        value.replace("``", ""),
        typed(render(text)).stripTrailing() + (value.endsWith("``") ? " " : ""));
  }

  @Test
  void nodesKeepTheirShape() {
    assertEquals(
        "{a: [80, x192.0.2.9], b: null, c: true, d: 1.5, ${e}: 2}",
        renderer
            .render(
                Sources.yaml("{a: ['${port}', 'x${vip}'], b: , c: true, d: 1.50, '${e}': 2}"),
                names())
            .show());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "true                | boolean true",
        "port == 80          | boolean true",
        "vip == '192.0.2.9'  | boolean true",
        "nope??              | boolean false",
        "!(nope??)           | boolean true",
        "hosts?size          | number 2",
        "hosts?seq_contains('db1') && up | boolean true",
        "vip                 | text 192.0.2.9",
      })
  void expressionsAreEvaluated(String text, String value) {
    assertEquals(value, typed(renderer.evaluate(Sources.scalar("\"" + text + "\""), names())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${pin}",
        "a ${pin}",
        "${pin?upper_case}",
        "${pin?length}",
        "${pin == '1'}",
        "${keys}",
        "${keys[0]}",
        "${keys?join(',')}",
        "<#if pin == '1'>a<#else>b</#if>",
        "${'x' + pin}",
        "${vip}${pin}",
        "${{'k': pin}.k}"
      })
  void whateverReadASecretIsSecret(String text) {
    Value value = render(text);
    assertTrue(value.secret(), text);
    assertTrue(value.show().contains(Value.REDACTED), value.show());
  }

  @ParameterizedTest
  @ValueSource(strings = {"${vip}", "${keys?size}", "${server.name}", "${nope!'x'}"})
  void whatReadNoneIsNot(String text) {
    assertEquals(false, render(text).secret());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "${later}            | it needs the result of 'x'",
        "a ${later} b        | it needs the result of 'x'",
        "${partly.rc == 0}   | not run",
        "<#if later>x</#if>  | it needs the result of 'x'",
        "${[later]?size}     | it needs the result of 'x'",
      })
  void whateverReadTheUnknownIsUnknown(String text, String why) {
    assertEquals(new Value.Unknown(why), render(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${partly.changed}", "${up || later}"})
  void whatDidNotReadItIsKnown(String text) {
    assertEquals(Value.bool(true), render(text));
  }

  @Test
  void templateFilesAreRenderedWithIncludesOfTheirFolders() throws IOException {
    Files.createDirectories(folder.resolve("templates/sub"));
    Files.writeString(
        folder.resolve("templates/main.ftl"), "<#include \"sub/part.ftl\">port ${port}\n");
    Files.writeString(folder.resolve("templates/sub/part.ftl"), "vip ${vip} ${pin}\n");
    var files = new Renderer(TemplateFiles.beside(folder));

    Renderer.Rendered rendered = files.renderFile("main.ftl", Place.of("here"), names());

    Value.Text text = assertInstanceOf(Value.Text.class, rendered.text());
    assertEquals("vip 192.0.2.9 4711\nport 80\n", text.text());
    assertTrue(text.secret());
    assertTrue(rendered.source().endsWith("templates/main.ftl"));
  }
}
