package dev.hactl.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.template.function.Lookups;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text that never ends, or grows for ever, ends with an error. */
class LimitsTest extends Rendering {
  private Renderer impatient() {
    return new Renderer(
        TemplateFiles.beside(folder), Lookups.beside(folder), Duration.ofSeconds(1));
  }

  private String refusal(String text) {
    SourceException refused =
        assertThrows(SourceException.class, () -> impatient().render(scalar(text), names()));
    return refused.problems().getFirst().message();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "<#list 1.. as x></#list> | not rendered",
        "<#assign s='x'?left_pad(10000)><#list 1.. as x>${s}</#list> | million",
        "${(1..)?filter(x -> x < 0)?first!} | not rendered",
        "<#macro m><@m/></#macro><@m/> | too deeply",
        "<#function f x><#return f(x)></#function>${f(1)} | too deeply",
        "<#function f x><#if x == 0><#return 1></#if><#return f(x - 1) + f(x - 1)></#function>${f(90)} | not rendered",
        "${('a'?left_pad(60, 'a'))?matches('((a*)*)*\\\\1b')?string} | not rendered",
        "<#assign s='x'><#list 1..40 as i><#assign s = s + s></#list>${s} | million or not rendered",
        "${'x'?left_pad(9000000)} | million or not rendered",
        "a${'x'?left_pad(9000000)} | million or not rendered",
        "${1..2000000} | items or not rendered",
      })
  void isRefused(String text, String why) {
    String refusal = refusal(text);
    // What comes first, depends on the machine.
    assertTrue(Stream.of(why.split(" or ")).anyMatch(refusal::contains), refusal);
  }

  @Test
  void templatesThatIncludeThemselvesAreRefused() throws IOException {
    Files.createDirectories(folder.resolve("templates"));
    Files.writeString(folder.resolve("templates/a.ftl"), "${template('a.ftl')}");
    Files.writeString(folder.resolve("templates/b.ftl"), "<#include 'b.ftl'>");
    for (String name : List.of("a.ftl", "b.ftl")) {
      SourceException refused =
          assertThrows(
              SourceException.class,
              () -> impatient().renderFile(name, Sources.scalar("x").place(), names()));
      assertTrue(
          refused.problems().getFirst().message().contains("too deeply"), refused.getMessage());
    }
  }

  @Test
  void anEndlessTextIsWaitedForOnce() {
    Renderer renderer = impatient();
    var text = scalar("<#list 1.. as x></#list>");
    long began = System.nanoTime();
    for (int host = 0; host < 20; host++) {
      assertThrows(SourceException.class, () -> renderer.render(text, names()));
    }
    assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 10);
  }

  @Test
  void whatIsLargeButEndsIsRendered() {
    assertEquals(
        "text 500500",
        typed(
            impatient()
                .render(
                    scalar("<#assign n=0><#list 1..1000 as i><#assign n+=i></#list>${n}"),
                    names())));
  }

  @Test
  void aNameMayBeAVariableAndAFunction() throws IOException {
    var host = new ExampleHost(folder, "env: production\nfile: x");
    assertEquals("\"production\"", host.json("env"));
    assertEquals("\"vi\"", host.json("env('EDITOR')"));
    assertEquals("\"x\"", host.json("file"));
  }
}
