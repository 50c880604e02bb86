package dev.hactl.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import dev.hactl.engine.vars.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in texts, expressions and template files are told with their place. */
class RenderingMistakesTest extends Rendering {
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
        "${port / 0}         | x.yml:1:1: this divides by zero; test it before: ${(n == 0)?then(0, total / n)}",
        "${port % 0}         | x.yml:1:1: this divides by zero; test it before: ${(n == 0)?then(0, total / n)}",
        "${0 / 0}            | x.yml:1:1: this divides by zero; test it before: ${(n == 0)?then(0, total / n)}",
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
        "{% for h in hosts %}         | '{% for h in hosts %}' is Jinja, which hactl does not read",
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
