package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LabPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/man} says what the commands say about themselves, as man(1) wants it. */
class ManPageTest {
  private static final Path FRESH = Path.of("target/man/man1");
  private static final Path KEPT = Path.of("../docs/man/man1");

  @Test
  void pagesAreUpToDate() throws IOException {
    SortedMap<String, String> fresh = ManPage.all();
    Files.createDirectories(FRESH);
    for (var page : fresh.entrySet()) {
      Files.writeString(FRESH.resolve(page.getKey()), page.getValue());
    }
    var kept = new TreeMap<String, String>();
    if (Files.isDirectory(KEPT)) {
      try (Stream<Path> files = Files.list(KEPT)) {
        for (Path file : files.toList()) {
          kept.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    assertTrue(
        fresh.equals(kept),
        "docs/man is stale; the pages as they should be were just made, take them over with\n"
            + "    rm -rf docs/man && cp -r cli/target/man docs/man");
  }

  @Test
  void thereIsNothingToComplainAbout() throws Exception {
    LabPackages.need(Path.of("/usr/bin/mandoc"), "mandoc");
    Path folder = Files.createTempDirectory("man");
    var pages = new TreeMap<>(ManPage.all());
    var actions = new LinkedHashMap<String, Form>();
    actions.put("one", new Form(Command.DOC).operands("A [B]", "1..*", "Some."));
    actions.put("two", new Form(Command.SHOW).flag("Do.", "-x"));
    pages.put("actions.1", ManPage.of("actions", "several things", actions));
    for (var page : pages.entrySet()) {
      Path file = Files.writeString(folder.resolve(page.getKey()), page.getValue());
      Process lint =
          new ProcessBuilder("mandoc", "-T", "lint", "-W", "warning", file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals("", said);
      assertEquals(0, lint.waitFor());
      Files.delete(file);
    }
    Files.delete(folder);
  }

  /** The documents say of exit codes what the program says. */
  @ParameterizedTest
  @ValueSource(strings = {"../README.md", "../docs/guide.md"})
  void exitCodesMeanTheSameEverywhere(String page) throws IOException {
    String text = Files.readString(Path.of(page)).replace("`", "");
    for (ExitCode code : ExitCode.values()) {
      if (code.number() < ExitCode.INTERRUPTED.number()) {
        String row = "| " + code.number() + " | " + code.meaning() + " |";
        assertTrue(text.contains(row), row);
      }
    }
  }
}
