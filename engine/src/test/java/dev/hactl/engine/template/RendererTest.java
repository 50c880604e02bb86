package dev.hactl.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import dev.hactl.engine.vars.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and expressions to values: types, secrets, what is not known, and mistakes. */
class RendererTest {
  private static final String NAMES =
      """
      vip: 192.0.2.9
      port: 80
      big: 1234567
      half: 0.5
      up: true
      empty: ''
      nothing:
      hosts: [db1, db2]
      server: {name: db1, ports: [80, 81], tags: {a: x}}
      address: ${vip}:${port}
      alias: ${server}
      octal: 0o17
      written: yes
      """;

  @TempDir private Path folder;
  private final Renderer renderer = new Renderer(new TemplateFiles(List.of()));

  private Variables names() {
    return new Variables(
        Scope.of(
            List.of(
                Layer.written(Precedence.PLAY, "play", Sources.mapping(NAMES), false),
                Layer.written(
                    Precedence.PLAY, "play", Sources.mapping("pin: '4711'\nkeys: [a, b]"), true),
                Layer.ready(
                    Precedence.RUNTIME,
                    "register",
                    Place.of("register"),
                    Map.of(
                        "fromHost", Value.text("${vip} <#if x>"),
                        "later", new Value.Unknown("it needs the result of 'x'"),
                        "partly",
                            Value.dict(
                                Map.of(
                                    "rc",
                                    new Value.Unknown("not run"),
                                    "changed",
                                    Value.bool(true))))))),
        renderer);
  }

  private Value render(String text) {
    return renderer.render(scalar(text), names());
  }

  private static Node.Scalar scalar(String text) {
    return Sources.scalar("'" + text.replace("'", "''") + "'");
  }

  private static String typed(Value value) {
    return Value.describe(value) + " " + value.show();
  }

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

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "${vpi}              | x.yml:1:4: 'vpi' is undefined; did you mean 'vip'?",
        "a ${vpi}            | x.yml:1:6: 'vpi' is undefined; did you mean 'vip'?",
        "${(vpi)}            | x.yml:1:5: 'vpi' is undefined; did you mean 'vip'?",
        "${server.nope}      | x.yml:1:4: 'server.nope' is undefined; define it, or write ${(server.nope)!`a default`}",
        "${HOME}             | x.yml:1:4: 'HOME' is undefined; did you mean the shell variable? write $HOME",
        "x${hosts}           | x.yml:1:5: 'hosts' is a list, text is wanted; write ${hosts?join(', ')}",
        "x${server}          | x.yml:1:5: 'server' is a mapping, text is wanted; name one of its values, as in ${server.name}",
        "${port.x}           | x.yml:1:4: 'port' is a number, a mapping is wanted",
        "${vip - 1}          | x.yml:1:4: 'vip' is a text, a number is wanted",
        "${hosts[5]}         | x.yml:1:4: 'hosts[5]' is undefined; define it, or write ${(hosts[5])!`a default`}",
      })
  void mistakesAreToldWithTheirPlace(String text, String problem) {
    SourceException refused = assertThrows(SourceException.class, () -> render(text));
    assertEquals(problem.replace("`", "'"), Sources.brief(refused).replace(" | ", "; "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${'freemarker.template.utility.Execute'?new()('id')}",
        "${vip.class.forName('java.lang.Runtime')}",
        "${vip?api.class}",
        "${hosts?api}",
        "<#include '/etc/passwd'>",
        "<#include '../../../etc/passwd'>",
        "<#assign x='freemarker.template.utility.JythonRuntime'?new()>",
      })
  void nothingReachesIntoTheProgramOrTheDisk(String text) {
    assertThrows(SourceException.class, () -> render(text), text);
  }

  @Test
  void aVariableMayNotReferToItself() {
    var round =
        new Variables(
            Scope.of(
                List.of(
                    Layer.written(
                        Precedence.PLAY,
                        "play",
                        Sources.mapping("a: ${b}\nb: x${c}\nc: ${a}"),
                        false))),
            renderer);
    SourceException refused = assertThrows(SourceException.class, () -> round.get("a"));
    assertEquals(
        "x.yml:1:1: the variable 'a' refers to itself: a > b > c > a", Sources.brief(refused));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{{ vip }}                    | '{{ vip }}' is Jinja, which hactl does not read",
        "a {{ server.name }} b        | '{{ server.name }}' is Jinja, which hactl does not read",
        "{{x|default('y')}}           | '{{x|default('y')}}' is Jinja, which hactl does not read",
        "{% for h in hosts %}         | '{% for' is Jinja, which hactl does not read",
        "{{.Name}} {{ .ID }}          | ``",
        "{{range .Mounts}}x{{end}}    | ``",
        "{{ json .State }} {{ end }}  | ``",
        "${'{{'} vip }}               | ``",
        "awk '{print $1}' 100%        | ``",
      })
  void jinjaIsToldFromWhatOtherProgramsWrite(String text, String problem) {
    var problems = new Problems();
    renderer.check(scalar(text), problems);
    assertEquals(
        problem.replace("``", ""),
        problems.all().isEmpty() ? "" : problems.all().getFirst().message());
  }

  @Test
  void placesInBlockAndFoldedTextsAreFound() {
    var text = Sources.mapping("k: |\n    one\n      two ${vpi}\nf: >-\n  folded\n  to ${vpo}\n");
    for (var expected : Map.of("k", "x.yml:3:13", "f", "x.yml:6:8").entrySet()) {
      Node.Scalar s = (Node.Scalar) text.get(expected.getKey()).orElseThrow();
      SourceException refused =
          assertThrows(SourceException.class, () -> renderer.render(s, names()));
      assertEquals(expected.getValue(), refused.problems().getFirst().place().toString());
    }
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

  @Test
  void mistakesInTemplateFilesQuoteTheirLine() throws IOException {
    Files.createDirectories(folder.resolve("templates"));
    Files.writeString(folder.resolve("templates/bad.ftl"), "fine\n<#if up>\n  x ${vpi}\n</#if>\n");
    var files = new Renderer(TemplateFiles.beside(folder));

    SourceException refused =
        assertThrows(
            SourceException.class, () -> files.renderFile("bad.ftl", Place.of("here"), names()));

    String file = folder.resolve("templates/bad.ftl").toString();
    assertEquals(
        file
            + ":3:7: error: 'vpi' is undefined\n      x ${vpi}\n          ^\n    did you mean 'vip'?",
        refused.problems().getFirst().render());
  }
}
