package dev.hactl.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.report.Reporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One run in every format, compared to what a reader once checked line by line. */
class OutputGoldenTest {
  private static final Function<Terminal, Reporter> FOLDED = t -> new TextOutput(t, 0);
  private static final Function<Terminal, Reporter> VERBOSE = t -> new TextOutput(t, 1);

  @ParameterizedTest
  @CsvSource({"folded.txt", "verbose.txt", "events.jsonl"})
  void printsWhatWasAgreed(String golden) throws IOException {
    assertEquals(resource(golden), print(format(golden), false, 40));
  }

  @Test
  void coloursOnlyWhereWanted() {
    assertFalse(print(FOLDED, false, 79).contains("\u001b"));
    String coloured = print(FOLDED, true, 79);
    assertTrue(coloured.contains("\u001b[0;33mchanged: [db1]\u001b[0m"), coloured);
    assertTrue(coloured.contains("\u001b[0;32m+new\u001b[0m"), coloured);
    assertEquals(print(FOLDED, false, 79), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void everyLineOfJsonIsOneObject() throws IOException {
    for (String line : print(JsonOutput::new, false, 79).lines().toList()) {
      assertTrue(JSON.std.mapFrom(line).containsKey("event"), line);
    }
  }

  @Test
  void controlCharactersFromAHostAreWrittenOut() {
    assertEquals("a\tb\\x1b[2Jc\\x0d", Visible.line("a\tb\u001b[2Jc\r"));
  }

  @Test
  void noFormatShowsASecret() {
    assertFalse(print(VERBOSE, false, 79).contains("hush"));
    assertFalse(print(JsonOutput::new, false, 79).contains("hush"));
  }

  private static Function<Terminal, Reporter> format(String golden) {
    return switch (golden) {
      case "folded.txt" -> FOLDED;
      case "verbose.txt" -> VERBOSE;
      default -> JsonOutput::new;
    };
  }

  private static String print(Function<Terminal, Reporter> format, boolean colour, int width) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    var silent = new PrintStream(PrintStream.nullOutputStream());
    Reporter reporter =
        format.apply(
            new Terminal(stream, silent, InputStream.nullInputStream(), colour, colour, width));
    SampleRun.events().forEach(reporter::report);
    stream.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String resource(String name) throws IOException {
    try (InputStream text = OutputGoldenTest.class.getResourceAsStream(name)) {
      return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
